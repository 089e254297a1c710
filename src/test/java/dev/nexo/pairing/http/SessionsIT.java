package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.fake.FailingDependencies;
import dev.nexo.pairing.http.fake.FakeSettings;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator can do with the companions that are signed in. */
@DisplayName("Session endpoints of the operator")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SessionsIT {

  private static final String SESSIONS = "/api/v1/sessions";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("sessions");
  }

  @Test
  @DisplayName("Sessions are listed page by page")
  void pages() {
    JsonObject first = ApiClient.json(ApiClient.operator().get(SESSIONS + "?limit=1"));
    assertThat(first.getJsonArray("sessions").getJsonObject(0))
        .as("what there is not is left out")
        .hasToString(
            "{\"session_id\":\"session-2\",\"profile\":\"companion-v1\","
                + "\"issued_at\":\"2026-11-01T12:00:00Z\","
                + "\"expires_at\":\"2026-11-02T12:00:00Z\"}");
    JsonObject second =
        ApiClient.json(
            ApiClient.operator().get(SESSIONS + "?limit=1&cursor=" + first.getString("next")));
    assertThat(second)
        .hasToString(
            "{\"sessions\":[{\"session_id\":\"session-1\",\"profile\":\"companion-v1\","
                + "\"device_label\":\"Kitchen\",\"issued_at\":\"2026-11-01T12:00:00Z\","
                + "\"expires_at\":\"2026-11-02T12:00:00Z\","
                + "\"last_seen_at\":\"2026-11-01T12:01:00Z\",\"device_key\":true}]}");
  }

  @Test
  @DisplayName("The operator ends a session")
  void ends() {
    HttpResponse<String> ended = delete("session-1");
    assertThat(ended.statusCode()).as(ended.body()).isEqualTo(204);
    for (String pasted :
        List.of("%22session-1%22", "%E2%80%9Csession%E2%80%911%E2%80%9D", "session-1,")) {
      assertThat(delete(pasted).statusCode()).as(pasted).isEqualTo(204);
    }
    HttpResponse<String> unknown = delete("session-9");
    ApiClient.refused("unknown", unknown, 404);
    assertThat(ApiClient.type(unknown)).isEqualTo("session-unknown");
  }

  @Test
  @DisplayName("A bad request is refused with the reason")
  void badRequests() {
    String[][] rows = {
      {"?limit=0", "from 1 to 1000"},
      {"?limit=1001", "from 1 to 1000"},
      {"?cursor=nonsense", "cursor must be"},
      {"?channel=whatsapp", "channel is not a parameter"},
    };
    for (String[] row : rows) {
      HttpResponse<String> response = ApiClient.operator().get(SESSIONS + row[0]);
      ApiClient.refused(row[0], response, 400);
      assertThat(response.body()).as(row[0]).contains(row[1]);
    }
    ApiClient.refused("a parameter", delete("session-1?x=1"), 400);
    ApiClient.refused("storage", delete(FailingDependencies.STORAGE), 503);
    ApiClient.refused("a read", ApiClient.operator().get(SESSIONS + "/session-1"), 405);
  }

  @Test
  @DisplayName("Only the operator may list and end sessions")
  void onlyOperator() {
    ApiClient.refused("nobody", ApiClient.anonymous().get(SESSIONS), 401);
    ApiClient.refused(
        "a channel", ApiClient.as("telegram", FakeSettings.CHANNEL_PASSWORD).get(SESSIONS), 403);
    ApiClient.refused(
        "a foreign page",
        ApiClient.operator()
            .header("Origin", "http://evil.example")
            .send("DELETE", SESSIONS + "/session-1", ApiClient.NOTHING),
        403);
  }

  private static HttpResponse<String> delete(String id) {
    return ApiClient.operator().send("DELETE", SESSIONS + "/" + id, ApiClient.NOTHING);
  }
}
