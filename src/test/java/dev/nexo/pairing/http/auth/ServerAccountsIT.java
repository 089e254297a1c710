package dev.nexo.pairing.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.ApiClient;
import dev.nexo.pairing.http.HttpArchive;
import dev.nexo.pairing.http.fake.FakeSettings;
import dev.nexo.pairing.internal.AttemptLimiter;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may call, with the accounts of the server's registry ({@code basicRegistry}). */
@DisplayName("Login with the server's accounts")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ServerAccountsIT {

  private static final String MESSAGE = "{\"channel\":\"telegram\",\"sender_id\":\"friend\"}";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withServerAccounts("server-accounts");
  }

  @Test
  @DisplayName("The role operator may call everything under its own name")
  void operatorRole() {
    HttpResponse<String> seeded =
        ApiClient.as("olga", "olgas-password")
            .post(
                "/api/v1/allow-from/seed", "{\"channel\":\"whatsapp\",\"sender_ids\":[\"+1555\"]}");
    assertThat(seeded.statusCode()).as(seeded.body()).isEqualTo(200);
    HttpResponse<String> audit = ApiClient.as("olga", "olgas-password").get("/api/v1/audit");
    assertThat(audit.body()).contains("\"actor\":\"olga\"");
    assertThat(audit.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  @DisplayName("The role channel may only submit messages")
  void channelRole() {
    ApiClient bridge = ApiClient.as("bridge", "bridges-password");
    assertThat(bridge.post("/api/v1/inbound", MESSAGE).statusCode()).isEqualTo(200);
    assertThat(bridge.get("/api/v1/pairings").statusCode()).isEqualTo(403);
  }

  @Test
  @DisplayName("An account without a role gets a 403 that says so")
  void noRole() {
    HttpResponse<String> response =
        ApiClient.as("nobody", "nobodys-password").get("/api/v1/pairings");
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("no role");
  }

  @Test
  @DisplayName("Wrong passwords lock the login, a missing one is a challenge")
  void wrongPassword() {
    for (int i = 0; i < AttemptLimiter.MAX_FAILURES; i++) {
      HttpResponse<String> response =
          ApiClient.as("olga", "wrong").from("198.51.100.7").get("/api/v1/pairings");
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("application/problem+json");
    }
    assertThat(
            ApiClient.as("olga", "olgas-password")
                .from("198.51.100.7")
                .get("/api/v1/pairings")
                .statusCode())
        .isEqualTo(429);
    assertThat(ApiClient.anonymous().get("/api/v1/pairings").statusCode()).isEqualTo(401);
  }

  @Test
  @DisplayName("The role operator signs in to the console under its own name")
  void signsIn() {
    HttpResponse<String> signedIn = signIn("olga", "olgas-password");
    assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(204);
    assertThat(signedIn.headers().allValues("Set-Cookie")).as("no other login's").hasSize(1);
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    HttpResponse<String> seeded =
        ApiClient.anonymous()
            .header("Cookie", cookie)
            .header("X-Pairing-Surface", "console")
            .post("/api/v1/allow-from/seed", "{\"channel\":\"sms\",\"sender_ids\":[\"+1\"]}");
    assertThat(seeded.statusCode()).as(seeded.body()).isEqualTo(200);
    HttpResponse<String> audit =
        ApiClient.as("olga", "olgas-password").get("/api/v1/audit?limit=1");
    assertThat(audit.body()).contains("\"actor\":\"olga\"", "\"surface\":\"console\"");
    assertThat(signIn("bridge", "bridges-password").statusCode()).isEqualTo(403);
    assertThat(signIn("nobody", "nobodys-password").statusCode()).isEqualTo(403);
    assertThat(signIn("operator", FakeSettings.PASSWORD).statusCode()).isEqualTo(401);
    assertThat(signIn("olga", "wrong").statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> signIn(String name, String password) {
    return ApiClient.anonymous()
        .from("198.51.100.9")
        .post("/api/v1/login", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
  }

  @Test
  @DisplayName("The built-in accounts are unknown")
  void noBuiltinAccounts() {
    assertThat(ApiClient.operator().get("/api/v1/pairings").statusCode()).isEqualTo(401);
    assertThat(
            ApiClient.as("telegram", FakeSettings.CHANNEL_PASSWORD)
                .post("/api/v1/inbound", MESSAGE)
                .statusCode())
        .isEqualTo(401);
  }
}
