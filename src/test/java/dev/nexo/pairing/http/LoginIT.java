package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AttemptLimiter;
import dev.nexo.pairing.http.fake.FakeSettings;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may call, with the accounts of the configuration. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LoginIT {

  private static final String MESSAGE = "{\"channel\":\"telegram\",\"sender_id\":\"friend\"}";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("login");
  }

  @Test
  void theOperatorMayDoEverything() {
    assertThat(Api.operator().get("/api/v1/pairings").statusCode()).isEqualTo(200);
    assertThat(Api.operator().post("/api/v1/inbound", MESSAGE).statusCode()).isEqualTo(200);
  }

  @Test
  void aChannelAccountMayHandInMessagesAndNothingElse() {
    assertThat(channel().post("/api/v1/inbound", MESSAGE).statusCode()).isEqualTo(200);
    for (String path :
        new String[] {
          "/api/v1/pairings",
          "/api/v1/inbound/x",
          "/api/v1/nowhere",
          "/api/v1/inbound;x=1/../pairings",
          "/api/v1/inbound/..%2fpairings"
        }) {
      assertThat(channel().get(path).statusCode()).as(path).isIn(400, 403, 404);
      assertThat(channel().get(path).body()).as(path).doesNotContain("ABCD2345");
    }
  }

  @Test
  void aForeignPageCannotUseALoginTheBrowserRemembers() {
    String approve = "/api/v1/pending/ABCD2345/approve";
    for (String[] sent :
        new String[][] {
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"},
          {"Origin", "http://evil.example"},
          {"Origin", "null"}
        }) {
      var refused = Api.operator().header(sent[0], sent[1]).post(approve, "{}");
      assertThat(refused.statusCode()).as(sent[1]).isEqualTo(403);
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
    assertThat(
            Api.operator()
                .header("Sec-Fetch-Site", "same-origin")
                .post("/api/v1/inbound", MESSAGE)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aPathThatReadsTwoWaysReachesNothing() {
    for (String path :
        new String[] {
          "/api/v1/companion/..;/pairings",
          "/api/v1/companion/%2e%2e/pairings",
          "/api/v1/companion%2f..%2fpairings",
          "/api/v1/companion/../pairings",
          "/api/v1//pairings",
          "/api//v1/pairings",
          "//api/v1/pairings",
          "/api;x/v1/pairings",
          "/%61pi/v1/pairings",
          "/api/v1/pairings;/x",
          "/api/v1/pairings/",
          "/api/v1/./pairings",
          "/API/v1/pairings"
        }) {
      Api.Raw response = Api.anonymous().raw("GET", path);
      assertThat(response.status()).as(path).isIn(400, 401, 404);
      assertThat(response.text()).as(path).doesNotContain("ABCD2345");
    }
  }

  @Test
  void aStrangerLearnsNothingNotEvenWhatIsThere() {
    for (String path : new String[] {"/api/v1/pairings", "/api/v1/nowhere", "/api", "/api/v2/x"}) {
      HttpResponse<String> response = Api.anonymous().get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate"))
          .hasValue("Basic realm=\"nexo-pairing\", charset=\"UTF-8\"");
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("application/problem+json");
    }
    assertThat(Api.anonymous().post("/api/v1/pairings", "{").statusCode()).isEqualTo(401);
  }

  @Test
  void theConsoleGetsNoChallengeThatWouldOpenABoxOfTheBrowsers() {
    HttpResponse<String> response =
        Api.anonymous().header("X-Pairing-Surface", "console").get("/api/v1/pairings");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  @Test
  void tenFailuresLockOneAddressEvenForTheRightPasswordAndNoOther() {
    for (int i = 0; i < AttemptLimiter.MAX_FAILURES; i++) {
      assertThat(wrong().from("192.0.2.1").get("/api/v1/pairings").statusCode()).isEqualTo(401);
    }
    HttpResponse<String> locked = Api.operator().from("192.0.2.1").get("/api/v1/pairings");
    assertThat(locked.statusCode()).isEqualTo(429);
    assertThat(locked.headers().firstValue("Retry-After")).hasValue("42");
    assertThat(Api.operator().from("192.0.2.2").get("/api/v1/pairings").statusCode())
        .isEqualTo(200);
    assertThat(Api.operator().from("192.0.2.1, 192.0.2.3").get("/api/v1/pairings").statusCode())
        .as("what the client wrote further left is not believed")
        .isEqualTo(200);
  }

  @Test
  void noPasswordAtAllIsNoFailedAttempt() {
    for (int i = 0; i <= AttemptLimiter.MAX_FAILURES; i++) {
      Api.anonymous().from("192.0.2.4").get("/api/v1/pairings");
    }
    assertThat(Api.operator().from("192.0.2.4").get("/api/v1/pairings").statusCode())
        .isEqualTo(200);
  }

  @Test
  void guessingCodesLocksJustAsGuessingPasswords() {
    for (int i = 0; i < AttemptLimiter.MAX_FAILURES; i++) {
      String path = "/api/v1/pending/ZZZZ222" + (char) ('A' + i) + "/approve";
      assertThat(Api.operator().from("192.0.2.5").post(path, "{}").statusCode()).isEqualTo(404);
    }
    assertThat(Api.operator().from("192.0.2.5").get("/api/v1/pairings").statusCode())
        .isEqualTo(429);
  }

  private static Api channel() {
    return Api.as("telegram", FakeSettings.CHANNEL_PASSWORD);
  }

  private static Api wrong() {
    return Api.as("operator", "not-the-password");
  }
}
