package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.fake.FailingDependencies;
import dev.nexo.pairing.http.fake.FakeAdapters;
import dev.nexo.pairing.http.fake.FakeSetupCodes;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator can do with setup codes. */
@DisplayName("Setup code endpoints")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SetupCodesIT {

  private static final String CODES = "/api/v1/setup-codes";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("setup-codes");
  }

  @Test
  @DisplayName("A setup code has everything that a companion needs")
  void complete() {
    HttpResponse<String> response =
        ApiClient.operator()
            .post(
                CODES,
                "{\"device_label\":\"Kitchen\",\"public_url\":\"wss://here.example/pair\","
                    + "\"ttl_secs\":600,\"profile\":\"companion-v2\"}");
    String id = id(response);
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.body())
        .isEqualTo(
            "{\"setup_id\":\""
                + id
                + "\",\"url\":\"wss://here.example/pair\",\"url_source\":\"--public-url\","
                + "\"bootstrap_token\":\"claims.of-companion-v2\","
                + "\"expires_at\":\"2026-11-01T12:10:00Z\",\"payload\":\"payload-of-"
                + id
                + "\"}");
    assertThat(ApiClient.operator().get(CODES + "/" + id).body())
        .isEqualTo(
            "{\"setup_id\":\""
                + id
                + "\",\"state\":\"issued\",\"device_label\":\"Kitchen\","
                + "\"expires_at\":\"2026-11-01T12:01:00Z\"}");
  }

  @Test
  @DisplayName("Without a body all defaults apply")
  void defaults() {
    HttpResponse<String> response = ApiClient.operator().send("POST", CODES, ApiClient.NOTHING);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    assertThat(ApiClient.json(response).getString("url_source")).isEqualTo("pairing.public_url");
    assertThat(ApiClient.json(response)).doesNotContainKeys("sent", "qr");
  }

  @Test
  @DisplayName("The QR code is returned in exactly the requested formats")
  void qrFormats() {
    JsonObject all = qr("?qr=svg,ansi,png");
    assertThat(all.keySet()).containsExactlyInAnyOrder("svg", "ansi", "png");
    assertThat(Base64.getDecoder().decode(all.getString("png"))).startsWith(0x89, 'P', 'N', 'G');
    assertThat(all.getString("svg")).contains("<svg");
    assertThat(qr("?qr=ansi").keySet()).containsExactly("ansi");
    assertThat(qr("?qr=png,svg").keySet()).containsExactlyInAnyOrder("png", "svg");
    assertThat(qr("?qr=ansi&invert=true").getString("ansi"))
        .isNotEqualTo(qr("?qr=ansi&invert=false").getString("ansi"));
  }

  @Test
  @DisplayName("The answer is the QR code itself if Accept asks for an image")
  void mediaTypes() {
    String[][] rows = {
      // Accept, type of the answer, how it begins
      {null, "application/json", "{"},
      {"*/*", "application/json", "{"},
      {"application/json", "application/json", "{"},
      {"application/*", "application/json", "{"},
      {"text/html, */*;q=0.1", "application/json", "{"},
      {"image/png;q=0.5, application/json", "application/json", "{"},
      {"text/plain, application/json", "application/json", "{"},
      {"image/png", "image/png", ""},
      {"image/png, application/json;q=0.5", "image/png", ""},
      {"image/*", "image/png", ""},
      {"image/svg+xml", "image/svg+xml;charset=UTF-8", ""},
      {"text/plain", "text/plain;charset=UTF-8", ""},
      {"text/*", "text/plain;charset=UTF-8", ""},
    };
    for (String[] row : rows) {
      HttpResponse<String> response = accepting(row[0]).post(CODES, "{}");
      assertThat(response.statusCode()).as(row[0] + " " + response.body()).isEqualTo(201);
      assertThat(response.headers().firstValue("Content-Type").orElse("").replace("; ", ";"))
          .as(row[0])
          .isEqualToIgnoringCase(row[1]);
      assertThat(response.body()).as(row[0]).isNotEmpty().startsWith(row[2]);
      assertThat(ApiClient.operator().get(CODES + "/" + id(response)).statusCode()).isEqualTo(200);
    }
    assertThat(accepting("image/png").post(CODES, "{}").body()).contains("PNG");
    assertThat(accepting("image/svg+xml").post(CODES, "{}").body()).contains("<svg");
    assertThat(accepting("text/plain").post(CODES, "{}").body())
        .isNotEqualTo(accepting("text/plain").post(CODES + "?invert=true", "{}").body());
    ApiClient.refused("a form it has not", accepting("image/gif").post(CODES, "{}"), 406);
    ApiClient.refused("a page", accepting("text/html").post(CODES, "{}"), 406);
  }

  @Test
  @DisplayName("A setup code is sent to an admitted sender")
  void sends() {
    HttpResponse<String> sent = ApiClient.operator().post(CODES, sendTo("whatsapp", " friend "));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    assertThat(ApiClient.json(sent).getBoolean("sent")).isTrue();
    HttpResponse<String> lost =
        ApiClient.operator().post(CODES, sendTo("whatsapp", FakeAdapters.UNREACHABLE));
    assertThat(lost.statusCode()).as(lost.body()).isEqualTo(201);
    assertThat(ApiClient.json(lost).getBoolean("sent")).isFalse();
  }

  @Test
  @DisplayName("A setup code can be cancelled until it is redeemed")
  void cancels() {
    String id = id(ApiClient.operator().post(CODES, "{}"));
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> cancelled = delete(id);
      assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(204);
      assertThat(cancelled.body()).isEmpty();
      assertThat(ApiClient.operator().get(CODES + "/" + id).body()).contains("\"cancelled\"");
    }
    assertThat(delete(FakeSetupCodes.EXPIRED).statusCode()).isEqualTo(204);
    HttpResponse<String> redeemed = delete(FakeSetupCodes.REDEEMED);
    ApiClient.refused("redeemed", redeemed, 409);
    assertThat(ApiClient.type(redeemed)).isEqualTo("already-redeemed");
    assertThat(redeemed.body()).contains("DELETE /api/v1/sessions/session-1");
    assertThat(
            ApiClient.operator()
                .get(CODES + "/%E2%80%9C" + FakeSetupCodes.REDEEMED + "%E2%80%9D,")
                .statusCode())
        .as("an id as it was pasted")
        .isEqualTo(200);
    assertThat(ApiClient.operator().get(CODES + "/" + FakeSetupCodes.REDEEMED).body())
        .contains("\"state\":\"redeemed\"", "\"session_id\":\"session-1\"");
  }

  @Test
  @DisplayName("Unknown setup codes and methods get a problem")
  void unknown() {
    for (HttpResponse<String> response :
        new HttpResponse[] {ApiClient.operator().get(CODES + "/nowhere"), delete("nowhere")}) {
      ApiClient.refused("unknown", response, 404);
      assertThat(ApiClient.type(response)).isEqualTo("setup-unknown");
    }
    ApiClient.refused("a list", ApiClient.operator().get(CODES), 405);
    ApiClient.refused("a change", ApiClient.operator().post(CODES + "/x", "{}"), 405);
    ApiClient.refused("a parameter", ApiClient.operator().get(CODES + "/x?y=1"), 400);
    ApiClient.refused(
        "storage", ApiClient.operator().get(CODES + "/" + FailingDependencies.STORAGE), 503);
  }

  @Test
  @DisplayName("The signing key is rotated")
  void rotates() {
    for (HttpResponse<String> response :
        new HttpResponse[] {
          ApiClient.operator().post(CODES + "/rotate-key", "{}"),
          ApiClient.operator().send("POST", CODES + "/rotate-key", ApiClient.NOTHING)
        }) {
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body())
          .isEqualTo(
              "{\"fingerprint\":\""
                  + "ab".repeat(32)
                  + "\",\"still_valid_until\":\"2026-11-01T12:01:00Z\"}");
    }
    ApiClient.refused(
        "a field", ApiClient.operator().post(CODES + "/rotate-key", "{\"key\":\"x\"}"), 400);
    ApiClient.refused("no code", ApiClient.operator().get(CODES + "/rotate-key"), 404);
  }

  private static ApiClient accepting(String types) {
    return types == null ? ApiClient.operator() : ApiClient.operator().header("Accept", types);
  }

  private static HttpResponse<String> delete(String id) {
    return ApiClient.operator().send("DELETE", CODES + "/" + id, ApiClient.NOTHING);
  }

  private static JsonObject qr(String query) {
    HttpResponse<String> response = ApiClient.operator().post(CODES + query, "{}");
    assertThat(response.statusCode()).as(query + " " + response.body()).isEqualTo(201);
    return ApiClient.json(response).getJsonObject("qr");
  }

  /** The id in the header Location. */
  private static String id(HttpResponse<String> response) {
    String location = response.headers().firstValue("Location").orElse("");
    assertThat(location).startsWith(CODES + "/");
    return location.substring(CODES.length() + 1);
  }

  private static String sendTo(String channel, String to) {
    return "{\"send_to\":{\"channel\":\"" + channel + "\",\"to\":\"" + to + "\"}}";
  }
}
