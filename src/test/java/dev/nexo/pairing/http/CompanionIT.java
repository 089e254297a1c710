package dev.nexo.pairing.http;

import static dev.nexo.pairing.http.fake.FakeSessions.BOOTSTRAP;
import static dev.nexo.pairing.http.fake.FakeSessions.CHALLENGE;
import static dev.nexo.pairing.http.fake.FakeSessions.DEVICE_KEY;
import static dev.nexo.pairing.http.fake.FakeSessions.SESSION;
import static dev.nexo.pairing.http.fake.FakeSessions.SIGNATURE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.fake.FailingDependencies;
import dev.nexo.pairing.http.request.JsonBody;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a companion can do with its token, and what other callers cannot. */
@DisplayName("Companion endpoints")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class CompanionIT {

  private static final String SESSION_PATH = "/api/v1/companion/session";
  private static final String ROTATE = "/api/v1/companion/session/rotate";
  private static final String CHALLENGE_PATH = "/api/v1/companion/challenge";

  private static final String PROOF =
      "{\"device_key\":%s,\"challenge\":\"" + CHALLENGE + "\",\"signature\":\"" + SIGNATURE + "\"}";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("companion");
  }

  @Test
  @DisplayName("A bootstrap token opens a session")
  void redeems() {
    String opened =
        "{\"session_token\":\"a-new-session-token\",\"session_id\":\"session-2\","
            + "\"profile\":\"companion-v1\",\"expires_at\":\"2026-11-02T12:00:00Z\"}";
    for (String body : new String[] {"", "{}", "{\"device_key\":null}"}) {
      HttpResponse<String> response = ApiClient.bearer(BOOTSTRAP).post(SESSION_PATH, body);
      assertThat(response.statusCode()).as(body).isEqualTo(201);
      assertThat(response.body()).as(body).isEqualTo(opened);
      assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }
    HttpResponse<String> untyped =
        ApiClient.bearer(BOOTSTRAP).send("POST", SESSION_PATH, ApiClient.NOTHING);
    assertThat(untyped.body()).isEqualTo(opened);
  }

  @Test
  @DisplayName("A device key is accepted as a string and as a JWK")
  void deviceKey() {
    String jwk = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + DEVICE_KEY + "\",\"kid\":7}";
    for (String key : new String[] {"\"" + DEVICE_KEY + "\"", jwk}) {
      HttpResponse<String> response =
          ApiClient.bearer(BOOTSTRAP).post(SESSION_PATH, PROOF.formatted(key));
      assertThat(response.statusCode()).as(key + response.body()).isEqualTo(201);
      assertThat(response.body())
          .isEqualTo(
              "{\"session_token\":\"a-new-session-token\",\"session_id\":\"session-1\","
                  + "\"profile\":\"companion-v1\",\"device_label\":\"Kitchen\","
                  + "\"expires_at\":\"2026-11-02T12:00:00Z\"}");
    }
  }

  @Test
  @DisplayName("Both kinds of token get a challenge")
  void challenges() {
    assertThat(ApiClient.bearer(BOOTSTRAP).post(CHALLENGE_PATH, "").body())
        .isEqualTo("{\"challenge\":\"" + CHALLENGE + "\",\"expires_in\":30}");
    assertThat(ApiClient.bearer(SESSION).post(CHALLENGE_PATH, "{}").body())
        .isEqualTo("{\"challenge\":\"s" + CHALLENGE.substring(1) + "\",\"expires_in\":30}");
  }

  @Test
  @DisplayName("A session is read, rotated and ended")
  void session() {
    assertThat(ApiClient.bearer(SESSION).get(SESSION_PATH).body())
        .isEqualTo(
            "{\"session_id\":\"session-1\",\"profile\":\"companion-v1\","
                + "\"device_label\":\"Kitchen\",\"expires_at\":\"2026-11-02T12:00:00Z\"}");
    HttpResponse<String> rotated = ApiClient.bearer(SESSION).post(ROTATE, "");
    assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(200);
    assertThat(ApiClient.json(rotated).getString("session_token")).isEqualTo("a-new-session-token");
    HttpResponse<String> bound =
        ApiClient.bearer(SESSION).post(ROTATE, PROOF.formatted("\"" + DEVICE_KEY + "\""));
    assertThat(ApiClient.json(bound).getString("session_id")).isEqualTo("session-1");
    HttpResponse<String> ended =
        ApiClient.bearer(SESSION).send("DELETE", SESSION_PATH, ApiClient.NOTHING);
    assertThat(ended.statusCode()).isEqualTo(204);
    assertThat(ended.body()).isEmpty();
  }

  @Test
  @DisplayName("The Bearer scheme is case-insensitive")
  void scheme() {
    for (String scheme : new String[] {"bearer", "BEARER", "bEaReR"}) {
      assertThat(
              ApiClient.anonymous()
                  .header("Authorization", scheme + " " + SESSION)
                  .get(SESSION_PATH)
                  .statusCode())
          .as(scheme)
          .isEqualTo(200);
    }
  }

  @Test
  @DisplayName("Unknown companion paths get a problem without a login challenge")
  void unknownCalls() {
    ApiClient.refused("unknown path", ApiClient.anonymous().get("/api/v1/companion/nowhere"), 404);
    ApiClient.refused("the base path", ApiClient.anonymous().get("/api/v1/companion"), 404);
    HttpResponse<String> wrongMethod =
        ApiClient.anonymous().send("PUT", SESSION_PATH, ApiClient.NOTHING);
    ApiClient.refused("wrong method", wrongMethod, 405);
    assertThat(wrongMethod.headers().firstValue("Allow").orElse("")).contains("GET", "DELETE");
    ApiClient.refused(
        "TRACE", ApiClient.anonymous().send("TRACE", SESSION_PATH, ApiClient.NOTHING), 405);
    ApiClient.refused(
        "no JSON wanted", ApiClient.bearer(SESSION).header("Accept", "a/b").get(SESSION_PATH), 406);
    ApiClient.refused(
        "no JSON sent",
        ApiClient.bearer(BOOTSTRAP).header("Content-Type", "text/plain").post(SESSION_PATH, "x"),
        415);
    ApiClient.refused(
        "too large",
        ApiClient.bearer(BOOTSTRAP).post(SESSION_PATH, " ".repeat(JsonBody.MAX_BYTES + 1)),
        413);
    HttpResponse<String> down =
        ApiClient.bearer(FailingDependencies.STORAGE).from("192.0.2.42").post(SESSION_PATH, "{}");
    ApiClient.refused("storage", down, 503);
    assertThat(down.body()).doesNotContain("secret", "detail");
  }

  @Test
  @DisplayName("No path trick bypasses the operator's login")
  void pathTricks() {
    for (String path :
        new String[] {
          "/api/v1/companion/../pending",
          "/api/v1/companion/session/../../pending",
          "/api/v1/companion/..;/pending",
          "/api/v1/companion;x/../pending",
          "/api/v1/companion;/../pending",
          "/api/v1/companion/%2e%2e/pending",
          "/api/v1/companion/%2E./pending",
          "/api/v1/companion/.%2e/pending",
          "/api/v1/companion/..%2fpending",
          "/api/v1/companion%2f..%2fpending",
          "/api/v1/companion/..%5cpending",
          "/api/v1/companion/%252e%252e/pending",
          "/api/v1/companion//../pending",
          "/api/v1/companion/./../pending",
          "/api/v1/companion/%00/../pending",
          "/api/v1/companions",
          "/api/v1/companion.json",
          "/api/v1/%63ompanion/../pending",
          "/api/v1/pending;/companion/",
          "/api/v1/pending;companion",
          "/api/v1/pending/%2e%2e/companion/../pending",
        }) {
      for (ApiClient caller : new ApiClient[] {ApiClient.anonymous(), ApiClient.bearer(SESSION)}) {
        ApiClient.Raw response = caller.from("192.0.2." + (50 + path.length())).raw("GET", path);
        assertThat(response.status()).as(path).isIn(400, 401, 404);
        assertThat(response.text()).as(path).doesNotContain("ABCD2345");
        if (response.status() != 400) {
          // Liberty refuses what it cannot parse before the application gets it.
          assertThat(response.text()).as(path).contains("problem+json");
        }
      }
    }
  }

  @Test
  @DisplayName("A companion's token is no login at other endpoints")
  void otherEndpoints() {
    for (String token : new String[] {BOOTSTRAP, SESSION}) {
      HttpResponse<String> response =
          ApiClient.bearer(token).from("192.0.2.43").get("/api/v1/pending");
      ApiClient.refused("a companion's token", response, 401);
      assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
    }
  }
}
