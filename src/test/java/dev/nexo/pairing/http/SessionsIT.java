package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.fake.FakeSettings;
import dev.nexo.pairing.http.fake.Troubles;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator can do with the companions that are signed in. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SessionsIT {

  private static final String SESSIONS = "/api/v1/sessions";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("sessions");
  }

  @Test
  void sessionsAreListedPageByPage() {
    JsonObject first = Api.json(Api.operator().get(SESSIONS + "?limit=1"));
    assertThat(first.getJsonArray("sessions").getJsonObject(0))
        .as("what there is not is left out")
        .hasToString(
            "{\"session_id\":\"session-2\",\"profile\":\"companion-v1\","
                + "\"issued_at\":\"2026-11-01T12:00:00Z\","
                + "\"expires_at\":\"2026-11-02T12:00:00Z\"}");
    JsonObject second =
        Api.json(Api.operator().get(SESSIONS + "?limit=1&cursor=" + first.getString("next")));
    assertThat(second)
        .hasToString(
            "{\"sessions\":[{\"session_id\":\"session-1\",\"profile\":\"companion-v1\","
                + "\"device_label\":\"Kitchen\",\"issued_at\":\"2026-11-01T12:00:00Z\","
                + "\"expires_at\":\"2026-11-02T12:00:00Z\","
                + "\"last_seen_at\":\"2026-11-01T12:01:00Z\",\"device_key\":true}]}");
  }

  @Test
  void aSessionIsEnded() {
    HttpResponse<String> ended = delete("session-1");
    assertThat(ended.statusCode()).as(ended.body()).isEqualTo(204);
    HttpResponse<String> unknown = delete("session-9");
    Api.refused("unknown", unknown, 404);
    assertThat(Api.type(unknown)).isEqualTo("session-unknown");
  }

  @Test
  void aBadRequestIsRefusedWithItsReason() {
    String[][] rows = {
      {"?limit=0", "from 1 to 1000"},
      {"?limit=1001", "from 1 to 1000"},
      {"?cursor=nonsense", "cursor must be"},
      {"?channel=whatsapp", "channel is not a parameter"},
    };
    for (String[] row : rows) {
      HttpResponse<String> response = Api.operator().get(SESSIONS + row[0]);
      Api.refused(row[0], response, 400);
      assertThat(response.body()).as(row[0]).contains(row[1]);
    }
    Api.refused("a parameter", delete("session-1?x=1"), 400);
    Api.refused("storage", delete(Troubles.STORAGE), 503);
    Api.refused("a look", Api.operator().get(SESSIONS + "/session-1"), 405);
  }

  @Test
  void onlyTheOperatorMay() {
    Api.refused("nobody", Api.anonymous().get(SESSIONS), 401);
    Api.refused("a channel", Api.as("telegram", FakeSettings.CHANNEL_PASSWORD).get(SESSIONS), 403);
    Api.refused(
        "a foreign page",
        Api.operator()
            .header("Origin", "http://evil.example")
            .send("DELETE", SESSIONS + "/session-1", Api.NOTHING),
        403);
  }

  private static HttpResponse<String> delete(String id) {
    return Api.operator().send("DELETE", SESSIONS + "/" + id, Api.NOTHING);
  }
}
