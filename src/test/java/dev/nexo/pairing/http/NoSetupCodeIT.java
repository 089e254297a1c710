package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.fake.FailingDependencies;
import dev.nexo.pairing.http.fake.FakeAdapters;
import dev.nexo.pairing.http.fake.FakeSettings;
import dev.nexo.pairing.http.fake.FakeSetupCodes;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The reasons that an operator gets if no setup code is issued. */
@DisplayName("Refused requests for setup codes")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class NoSetupCodeIT {

  private static final String CODES = "/api/v1/setup-codes";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("no-setup-code");
  }

  @Test
  @DisplayName("A bad request is refused with the reason")
  void reasons() {
    String[][] rows = {
      // reason, parameters, body, what the answer says
      {"a text for a number", "", "{\"ttl_secs\":\"60\"}", "ttl_secs must be a whole number"},
      {"a fraction", "", "{\"ttl_secs\":1.5}", "ttl_secs must be a whole number"},
      {"a fraction of nothing", "", "{\"ttl_secs\":60.0}", "ttl_secs must be a whole number"},
      {"an exponent", "", "{\"ttl_secs\":6e1}", "ttl_secs must be a whole number"},
      {"a huge exponent", "", "{\"ttl_secs\":1e999999999}", "ttl_secs must be a whole number"},
      {"no time at all", "", "{\"ttl_secs\":0}", "from 1 to 86400"},
      {"time gone by", "", "{\"ttl_secs\":-1}", "from 1 to 86400"},
      {"over a day", "", "{\"ttl_secs\":86401}", "from 1 to 86400"},
      {"over a long", "", "{\"ttl_secs\":18446744073709551676}", "from 1 to 86400"},
      {"true for a number", "", "{\"ttl_secs\":true}", "ttl_secs must be a whole number"},
      {"a number for a label", "", "{\"device_label\":1}", "device_label must be a string"},
      {"a long label", "", "{\"device_label\":\"" + "x".repeat(65) + "\"}", "device_label must be"},
      {
        "a long URL",
        "",
        "{\"public_url\":\"wss://h/" + "x".repeat(500) + "\"}",
        "public_url must be at most 500"
      },
      {"cleartext", "", "{\"public_url\":\"ws://far.example\"}", "public_url must be wss"},
      {"a list for a profile", "", "{\"profile\":[]}", "profile must be a string"},
      {"a field nobody knows", "", "{\"label\":\"x\"}", "label is not a field"},
      {"a text for a receiver", "", "{\"send_to\":\"+1\"}", "send_to must be an object"},
      {
        "no receiver", "", "{\"send_to\":{}}", "send_to.channel is required; send_to.to is required"
      },
      {"a bad channel", "", sendTo("A", "friend"), "send_to.channel must be"},
      {"a blank receiver", "", sendTo("whatsapp", " "), "send_to.to must be"},
      {
        "a rejected receiver",
        "",
        sendTo("whatsapp", "legacy"),
        "send_to.to must be a valid sender ID"
      },
      {
        "a bad account",
        "",
        "{\"send_to\":{\"channel\":\"a\",\"to\":\"b\",\"account_id\":\"..\"}}",
        "send_to.account_id must be"
      },
      {
        "a field of a receiver nobody knows",
        "",
        "{\"send_to\":{\"channel\":\"a\",\"to\":\"b\",\"text\":\"c\"}}",
        "send_to.text is not a field"
      },
      {"no form", "?qr=", "{}", "qr must be svg, ansi and png"},
      {"an unknown form", "?qr=gif", "{}", "qr must be svg, ansi and png"},
      {"a form in capitals", "?qr=PNG", "{}", "qr must be svg, ansi and png"},
      {"a form twice", "?qr=png,png", "{}", "qr must be svg, ansi and png"},
      {"a comma at the end", "?qr=png,", "{}", "qr must be svg, ansi and png"},
      {"a blank", "?qr=png,%20svg", "{}", "qr must be svg, ansi and png"},
      {"two lists", "?qr=png&qr=svg", "{}", "qr must not be repeated"},
      {"inverted what?", "?invert=true", "{}", "invert must be left out"},
      {"an inverted picture", "?qr=png&invert=true", "{}", "invert must be left out"},
      {"neither true nor false", "?qr=ansi&invert=1", "{}", "invert must be true or false"},
      {"a parameter nobody knows", "?ttl_secs=5", "{}", "ttl_secs is not a parameter"},
    };
    for (String[] row : rows) {
      HttpResponse<String> response = ApiClient.operator().post(CODES + row[1], row[2]);
      ApiClient.refused(row[0], response, 400);
      assertThat(response.body()).as(row[0]).contains(row[3]);
    }
  }

  @Test
  @DisplayName("All violations are named at once")
  void allViolations() {
    HttpResponse<String> response =
        ApiClient.operator()
            .post(
                CODES + "?qr=gif&x=1",
                "{\"ttl_secs\":0,\"send_to\":{\"channel\":\"a\",\"y\":1},\"z\":1}");
    assertThat(ApiClient.json(response).getJsonArray("violations"))
        .extracting(violation -> violation.asJsonObject().getString("field"))
        .containsExactly("qr", "ttl_secs", "send_to.to", "z", "x", "send_to.y");
  }

  @Test
  @DisplayName("Parameters of another answer format are refused")
  void otherForm() {
    HttpResponse<String> both =
        ApiClient.operator().header("Accept", "image/png").post(CODES + "?qr=svg", "{}");
    ApiClient.refused("the code itself and forms of it", both, 400);
    assertThat(both.body()).contains("qr must be left out");
    ApiClient.refused(
        "an inverted picture",
        ApiClient.operator().header("Accept", "image/png").post(CODES + "?invert=true", "{}"),
        400);
  }

  @Test
  @DisplayName("A setup code that cannot be sent is refused with the reason")
  void cannotSend() {
    HttpResponse<String> stranger =
        ApiClient.operator().post(CODES, sendTo("whatsapp", "stranger"));
    ApiClient.refused("a stranger", stranger, 409);
    assertThat(ApiClient.type(stranger)).isEqualTo("not-admitted");
    assertThat(stranger.body()).contains("/api/v1/allow-from/seed");
    HttpResponse<String> noPictures = ApiClient.operator().post(CODES, sendTo("sms", "friend"));
    ApiClient.refused("no pictures", noPictures, 409);
    assertThat(ApiClient.type(noPictures)).isEqualTo("no-pictures");
    assertThat(noPictures.body()).contains("?qr=");
    HttpResponse<String> bug =
        ApiClient.operator().post(CODES, sendTo("whatsapp", FakeAdapters.UNTHINKABLE));
    ApiClient.refused("a bug of the adapter's", bug, 500);
    assertThat(bug.body()).doesNotContain("secret");
    ApiClient.refused(
        "the adapter is away",
        ApiClient.operator().post(CODES, sendTo("a", FailingDependencies.ADAPTER)),
        503);
  }

  @Test
  @DisplayName("If only a loopback address is known, the remedies are named")
  void onlyLoopback() {
    HttpResponse<String> response =
        ApiClient.operator().post(CODES, "{\"device_label\":\"" + FakeSetupCodes.LOOPBACK + "\"}");
    ApiClient.refused("only loopback", response, 409);
    assertThat(ApiClient.type(response)).isEqualTo("only-loopback");
    assertThat(ApiClient.json(response).getString("detail")).contains("loopback");
    assertThat(ApiClient.json(response).getJsonArray("remedies"))
        .hasToString("[\"Set pairing.public_url\",\"nexo-pair seed …\"]");
  }

  @Test
  @DisplayName("A bad signing key is a 503 without details")
  void badKey() {
    HttpResponse<String> response =
        ApiClient.operator().post(CODES, "{\"device_label\":\"" + FakeSetupCodes.BAD_KEY + "\"}");
    ApiClient.refused("an unfit key", response, 503);
    assertThat(response.body()).doesNotContain("detail", "pairing.key");
  }

  @Test
  @DisplayName("Only the operator may request a setup code")
  void onlyOperator() {
    ApiClient.refused("nobody", ApiClient.anonymous().post(CODES, "{}"), 401);
    ApiClient.refused(
        "a channel",
        ApiClient.as("telegram", FakeSettings.CHANNEL_PASSWORD).post(CODES, "{}"),
        403);
    ApiClient.refused(
        "a foreign page",
        ApiClient.operator().header("Sec-Fetch-Site", "cross-site").post(CODES, "{}"),
        403);
  }

  private static String sendTo(String channel, String to) {
    return "{\"send_to\":{\"channel\":\"" + channel + "\",\"to\":\"" + to + "\"}}";
  }
}
