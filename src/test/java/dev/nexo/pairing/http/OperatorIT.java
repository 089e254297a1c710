package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.http.fake.FakeSettings;
import dev.nexo.pairing.testing.EventTap;
import dev.nexo.pairing.testing.EventTap.Event;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the calls answer, in the contract's words. */
@DisplayName("Operator endpoints")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OperatorIT {

  private static final String INBOUND = "/api/v1/inbound";
  private static final String EVENTS = "/api/v1/events";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("operator");
  }

  @Test
  @DisplayName("The answer to a delivered challenge has no code")
  void delivered() {
    JsonObject answer = post(INBOUND, "{\"channel\":\"whatsapp\",\"sender_id\":\"+1555\"}");
    assertThat(answer)
        .hasToString(
            "{\"decision\":\"challenge\",\"sender_id\":\"+1555\","
                + "\"expires_at\":\"2026-11-01T13:00:00Z\",\"delivery\":\"delivered_via_adapter\"}");
  }

  @Test
  @DisplayName("A challenge that the caller delivers has code and text")
  void notDelivered() {
    JsonObject answer =
        post(INBOUND, "{\"channel\":\"whatsapp\",\"sender_id\":\"+1555\",\"deliver\":false}");
    assertThat(answer.getString("code")).isEqualTo("ABCD2345");
    assertThat(answer.getString("text")).contains("ABCD2345");
    assertThat(answer).doesNotContainKey("delivery");
  }

  @Test
  @DisplayName("A message without a sender is dropped without an error")
  void noSender() {
    for (String sender : new String[] {"\"\"", "\"  \"", "null"}) {
      assertThat(post(INBOUND, "{\"channel\":\"whatsapp\",\"sender_id\":" + sender + "}"))
          .hasToString("{\"decision\":\"drop\",\"reason\":\"rejected_sender\"}");
    }
  }

  @Test
  @DisplayName("A channel may switch the challenge on but not off")
  void autoChallenge() {
    String message = "{\"channel\":\"telegram\",\"sender_id\":\"friend\",\"auto_challenge\":%s}";
    assertThat(channel().post(INBOUND, message.formatted("true")).statusCode()).isEqualTo(200);
    HttpResponse<String> off = channel().post(INBOUND, message.formatted("false"));
    assertThat(off.statusCode()).isEqualTo(403);
    assertThat(off.body()).contains("must not set auto_challenge to false");
    assertThat(ApiClient.operator().post(INBOUND, message.formatted("false")).statusCode())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("The pairings always contain both lists")
  void bothLists() {
    JsonObject answer = ApiClient.json(ApiClient.operator().get("/api/v1/pairings"));
    assertThat(answer.getJsonArray("allow")).isEmpty();
    assertThat(answer.getJsonArray("pending").getJsonObject(0))
        .hasToString(
            "{\"request_id\":\"req-1\",\"number\":1,\"channel\":\"whatsapp\",\"account_id\":\"default\","
                + "\"sender_id\":\"+15550001111\",\"code\":\"ABCD2345\","
                + "\"created_at\":\"2026-11-01T12:00:00Z\",\"expires_at\":\"2026-11-01T13:00:00Z\","
                + "\"text\":\"hi\",\"claimed_name\":\"Ann\",\"meta\":{\"name\":\"Ann\"}}");
  }

  @Test
  @DisplayName("A list longer than a page is complete")
  void longList() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2500; i++) {
      lines.append("{\"sender_id\":\"+44").append(10_000 + i).append("\",\"note\":\"n\"}\n");
    }
    HttpResponse<String> seeded =
        ApiClient.operator()
            .header("Content-Type", "application/x-ndjson")
            .post("/api/v1/allow-from/seed?channel=listed", lines.toString());
    assertThat(seeded.body()).isEqualTo("{\"seeded\":2500,\"rejected\":[],\"rejected_count\":0}");
    JsonObject all = ApiClient.json(ApiClient.operator().get("/api/v1/pairings?all=true"));
    assertThat(all.getJsonArray("allow")).hasSizeGreaterThanOrEqualTo(2500);
    JsonObject page = ApiClient.json(ApiClient.operator().get("/api/v1/allow-from?limit=2"));
    assertThat(page.getJsonArray("allow")).hasSize(2);
    assertThat(page.getString("next")).isNotEmpty();
  }

  @Test
  @DisplayName("A seed stream that breaks keeps its complete lines")
  void brokenStream() {
    ApiClient.operator()
        .header("Content-Type", "application/x-ndjson")
        .header("Content-Length", "1000")
        .breakOff(
            "/api/v1/allow-from/seed?channel=broken",
            "{\"sender_id\":\"+49301\"}\n{\"sender_id\":\"+49302\"}\n{\"sender");
    await()
        .untilAsserted(
            () ->
                assertThat(ApiClient.operator().get("/api/v1/pairings?all=true").body())
                    .contains("+49301", "+49302"));
  }

  @Test
  @DisplayName("An id that the adapter rejects is revoked as it is written")
  void rejectedId() {
    post(
        "/api/v1/allow-from/seed",
        "{\"channel\":\"odd\",\"sender_ids\":[\"legacy-row\",\"+15557\",\"bad-one\"]}");
    assertThat(
            post(
                "/api/v1/allow-from/revoke",
                "{\"channel\":\"odd\",\"sender_id\":\" legacy-row \"}"))
        .hasToString("{\"revoked\":1}");
    assertThat(
            post(
                "/api/v1/allow-from/revoke",
                "{\"channel\":\"odd\",\"sender_id\":\"15557\",\"all_accounts\":true}"))
        .as("in canonical form")
        .hasToString("{\"revoked\":1}");
    assertThat(post("/api/v1/allow-from/revoke", "{\"channel\":\"odd\",\"sender_id\":\"15557\"}"))
        .hasToString("{\"revoked\":0}");
  }

  @Test
  @DisplayName("A blocked sender is listed until unblocked")
  void blocked() {
    String eve = "{\"channel\":\"whatsapp\",\"account_id\":\"work\",\"sender_id\":\"15550009999\"";
    String block = "/api/v1/blocked/block";
    assertThat(post(block, eve + ",\"reason\":\"spam\"}")).hasToString("{\"blocked\":1}");
    assertThat(post(block, eve + "}")).hasToString("{\"blocked\":0}");
    JsonObject page =
        ApiClient.json(ApiClient.operator().get("/api/v1/blocked?channel=whatsapp&limit=1000"));
    assertThat(page.getJsonArray("blocked").toString())
        .contains(
            "{\"channel\":\"whatsapp\",\"account_id\":\"work\",\"sender_id\":\"+15550009999\","
                + "\"blocked_at\":\"2026-11-01T12:30:00Z\",\"reason\":\"spam\"}");
    assertThat(post("/api/v1/blocked/unblock", eve + "}")).hasToString("{\"unblocked\":1}");
    assertThat(post("/api/v1/blocked/unblock", eve + "}")).hasToString("{\"unblocked\":0}");
  }

  @Test
  @DisplayName("Dropped senders are listed with count and last message")
  void dropped() {
    assertThat(ApiClient.operator().get("/api/v1/dropped").body())
        .isEqualTo(
            "{\"dropped\":[{\"channel\":\"whatsapp\",\"account_id\":\"default\","
                + "\"sender_id\":\"+15550005555\",\"reason\":\"blocked\",\"count\":1000000,"
                + "\"first_at\":\"2026-11-01T12:00:00Z\",\"last_at\":\"2026-11-01T12:00:09Z\","
                + "\"text\":\"let me in\"},{\"channel\":\"whatsapp\",\"account_id\":\"work\","
                + "\"sender_id\":\"+15550006666\",\"reason\":\"max_pending\",\"count\":1,"
                + "\"first_at\":\"2026-11-01T12:00:00Z\",\"last_at\":\"2026-11-01T12:00:00Z\"}],\"total\":2}");
    JsonObject page = ApiClient.json(ApiClient.operator().get("/api/v1/dropped?limit=1"));
    assertThat(page.getJsonArray("dropped")).hasSize(1);
    assertThat(page.getString("next")).isNotEmpty();
  }

  @Test
  @DisplayName("Many dropped senders are decided in one call")
  void decideDropped() {
    String sender = "{\"channel\":\"whatsapp\",\"sender_id\":\"%s\"}";
    String senders = sender.formatted("+15550005555") + "," + sender.formatted("nobody");
    assertThat(
            post("/api/v1/dropped/decide", "{\"action\":\"block\",\"senders\":[" + senders + "]}"))
        .hasToString(
            "{\"results\":[{\"channel\":\"whatsapp\",\"account_id\":\"default\","
                + "\"sender_id\":\"+15550005555\",\"result\":\"done\"},"
                + "{\"channel\":\"whatsapp\",\"account_id\":\"default\",\"sender_id\":\"nobody\","
                + "\"result\":\"rejected\",\"reason\":\"rejected_sender\"}]}");
  }

  @Test
  @DisplayName("Many requests are decided in one call, with a result for each")
  void decidePending() {
    assertThat(decide("\"action\":\"deny\",\"reason\":\"spam\"", "req-1", "EXPD2345", "gone"))
        .hasToString(
            "{\"results\":[{\"request_id\":\"req-1\",\"result\":\"done\",\"channel\":\"whatsapp\","
                + "\"account_id\":\"default\",\"sender_id\":\"+15550001111\"},"
                + "{\"request_id\":\"EXPD2345\",\"result\":\"expired\"},"
                + "{\"request_id\":\"gone\",\"result\":\"unknown\"}]}");
    assertThat(decide("\"action\":\"restore\"", "req-7", "storage-down", "req-7"))
        .hasToString(
            "{\"results\":[{\"request_id\":\"req-7\",\"result\":\"done\",\"channel\":\"whatsapp\","
                + "\"account_id\":\"default\",\"sender_id\":\"+15550007777\"},"
                + "{\"request_id\":\"storage-down\",\"result\":\"unavailable\"},"
                + "{\"request_id\":\"req-7\",\"result\":\"unavailable\"}]}");
  }

  private static JsonObject decide(String fields, String... requestIds) {
    String ids = String.join("\",\"", requestIds);
    return post("/api/v1/pending/decide", "{" + fields + ",\"request_ids\":[\"" + ids + "\"]}");
  }

  @Test
  @DisplayName("Denied senders are listed, with the request that can be restored")
  void denied() {
    JsonObject page = ApiClient.json(ApiClient.operator().get("/api/v1/denied?limit=1"));
    assertThat(page.getJsonArray("denied"))
        .hasToString(
            "[{\"channel\":\"whatsapp\",\"account_id\":\"default\","
                + "\"sender_id\":\"+15550007777\",\"denied_at\":\"2026-11-01T12:00:00Z\","
                + "\"denied_until\":\"2026-11-01T13:00:00Z\",\"reason\":\"spam\","
                + "\"request_id\":\"req-7\"}]");
    assertThat(page.getString("next")).isNotEmpty();
  }

  @Test
  @DisplayName("Locked logins are listed and unlocked")
  void locks() {
    assertThat(ApiClient.operator().get("/api/v1/locks").body())
        .isEqualTo(
            "{\"locks\":[{\"address\":\"192.0.2.1\",\"kind\":\"password\",\"login\":\"operator\","
                + "\"seconds\":42},{\"address\":\"2001:db8:0:1::/64\",\"kind\":\"token\","
                + "\"seconds\":5}]}");
    assertThat(post("/api/v1/locks/unlock", "{\"target\":\"operator\"}"))
        .hasToString("{\"unlocked\":1}");
    assertThat(post("/api/v1/locks/unlock", "{\"target\":\"192.0.2.9\"}"))
        .hasToString("{\"unlocked\":0}");
  }

  @Test
  @DisplayName("The audit trail records the surface of a change")
  void surface() {
    ApiClient.operator()
        .header("X-Pairing-Surface", "cli")
        .post("/api/v1/pending/abcd%202345/approve", "");
    JsonObject newest =
        ApiClient.json(
                ApiClient.operator().get("/api/v1/audit?limit=1&channel=whatsapp&sender_id=1555"))
            .getJsonArray("audit")
            .getJsonObject(0);
    assertThat(newest.getString("surface")).isEqualTo("cli");
    assertThat(newest.getString("actor")).isEqualTo("operator");
  }

  @Test
  @DisplayName("Events arrive once, and a new stream continues after the last one")
  void events() {
    long last;
    try (EventTap tap = operator().listen()) {
      await().until(() -> tap.lastId() >= 0);
      assertThat(tap.response().headers().firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(tap.response().headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(tap.response().headers().firstValue("X-Accel-Buffering")).hasValue("no");
      approve();
      approve();
      await().until(() -> tap.events().size() >= 2);
      assertThat(tap.events()).extracting(Event::name).containsOnly("approved");
      assertThat(tap.events().get(0).data())
          .hasToString(
              "{\"channel\":\"whatsapp\",\"account_id\":\"default\","
                  + "\"sender_id\":\"+15550001111\",\"approved_at\":\"2026-11-01T12:30:00Z\"}");
      last = tap.lastId();
    }
    approve();
    try (EventTap tap = operator().listenAfter(last)) {
      await().until(() -> !tap.events().isEmpty());
      approve();
      await().until(() -> tap.events().size() >= 2);
      assertThat(tap.events()).extracting(Event::id).containsExactly(last + 1, last + 2);
    }
  }

  @Test
  @DisplayName("An unknown event id gets a reset event")
  void foreignEventId() {
    try (EventTap tap = operator().listenAfter(1L << 40)) {
      await().until(() -> !tap.events().isEmpty());
      assertThat(tap.events().get(0).name()).isEqualTo("reset");
      assertThat(tap.events().get(0).data()).isEmpty();
      assertThat(tap.lastId()).isLessThan(1L << 40);
    }
    for (String id : new String[] {"x", "-1", "", "1234567890123456789"}) {
      ApiClient.refused(id, ApiClient.operator().header("Last-Event-ID", id).get(EVENTS), 400);
    }
  }

  @Test
  @DisplayName("The number of open event streams is limited")
  void streamLimit() {
    List<EventTap> taps = new ArrayList<>();
    try {
      for (int i = 0; i < 16; i++) {
        taps.add(operator().listen());
      }
      HttpResponse<String> full = ApiClient.operator().get(EVENTS);
      ApiClient.refused("no place", full, 429);
      assertThat(full.headers().firstValue("Retry-After")).hasValue("10");
    } finally {
      taps.forEach(EventTap::close);
    }
    // The server notices a closed connection only when it sends something.
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              approve();
              try (EventTap tap = operator().listen()) {
                return tap.response().statusCode() == 200;
              }
            });
  }

  @Test
  @DisplayName("A HEAD request for the event stream ends at once")
  void headRequest() {
    HttpResponse<String> head = ApiClient.operator().send("HEAD", EVENTS, ApiClient.NOTHING);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    ApiClient.refused("channel", channel().get(EVENTS), 403);
    ApiClient.refused("a post", ApiClient.operator().post(EVENTS, ""), 405);
  }

  private static ServerClient operator() {
    return ServerClient.operator(ApiClient.PORT, FakeSettings.PASSWORD);
  }

  private static void approve() {
    ApiClient.operator().post("/api/v1/pending/ABCD2345/approve", "");
  }

  @Test
  @DisplayName("The doctor's findings are returned")
  void doctor() {
    JsonObject found = ApiClient.json(ApiClient.operator().get("/api/v1/doctor"));
    assertThat(found.getJsonArray("checks").toString())
        .contains(
            "{\"check\":\"listen\",\"level\":\"ok\",\"text\":\"Only this machine can reach the server");
    ApiClient.refused("channel", channel().get("/api/v1/doctor"), 403);
  }

  @Test
  @DisplayName("No answer names the server software, and TRACE is refused")
  void serverHeaders() throws IOException {
    for (String path :
        new String[] {"/", "/api/v1/pending", "/health", "/metrics", "/openapi", "/nowhere"}) {
      for (String method : new String[] {"GET", "TRACE"}) {
        HttpResponse<String> response = ApiClient.operator().send(method, path, ApiClient.NOTHING);
        assertThat(response.headers().map().keySet())
            .as(method + " " + path)
            .doesNotContain("server", "x-powered-by", "$wsep", "Server", "X-Powered-By", "$WSEP");
        assertThat(response.headers().firstValue("X-Content-Type-Options"))
            .as(method + " " + path)
            .hasValue("nosniff");
        if (method.equals("TRACE")) {
          assertThat(response.statusCode()).as(path).isIn(403, 405);
          assertThat(response.body()).as(path).doesNotContain("Authorization", "Liberty");
        }
      }
    }
  }

  private static ApiClient channel() {
    return ApiClient.as("telegram", FakeSettings.CHANNEL_PASSWORD);
  }

  private static JsonObject post(String path, String body) {
    HttpResponse<String> response = ApiClient.operator().post(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return ApiClient.json(response);
  }
}
