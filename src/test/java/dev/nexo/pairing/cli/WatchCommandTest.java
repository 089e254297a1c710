package dev.nexo.pairing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.cli.CliRunner.Said;
import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code watch} prints, and when it connects again and when it ends. */
@DisplayName("watch command")
@Timeout(60)
class WatchCommandTest {

  private static final String ANA =
      "\"channel\":\"chat\",\"account_id\":\"a\",\"sender_id\":\"ana\"";
  private static final String BOB =
      "\"channel\":\"web\",\"account_id\":\"b\",\"sender_id\":\"bob\"";
  private static final String ROW =
      "{" + ANA + ",\"code\":\"K7M3XQ9P\",\"created_at\":\"2026-04-25T13:20:00Z\",\"text\":\"Hi\"}";

  private static final String DENIED =
      "{\"type\":\"urn:nexo-pairing:problem:unauthorized\",\"title\":\"No\",\"status\":401}";

  private static final String BUSY =
      "{\"type\":\"urn:nexo-pairing:problem:unavailable\",\"title\":\"Busy\",\"status\":503}";

  @TempDir Path home;
  private StubServer server;

  @BeforeEach
  void start() {
    server = new StubServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void stream(String frames) {
    String body = "retry: 1\nid: 41\n\n" + frames;
    server.on("/events", 200, Map.of("Content-Type", "text/event-stream;charset=UTF-8"), body);
  }

  private static String frame(int id, String event, String data) {
    return "id: " + id + "\nevent: " + event + "\ndata: " + data + "\n\n";
  }

  private Said watch(String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "watch";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return new CliRunner(home)
        .with("NEXO_PAIR_SERVER", server.url())
        .with("NEXO_PAIR_PASSWORD", "a-password-of-the-test")
        .run(arguments);
  }

  @Test
  @DisplayName("Pending requests come first, then changes, and no request twice")
  void table() {
    server.on("/pending", 200, "{\"pending\":[" + ROW + "]}");
    stream(
        frame(42, "pending", ROW)
            + ": a sign of life\n\n"
            + frame(43, "approved", "{" + ANA + ",\"approved_at\":\"2026-04-25T13:20:01Z\"}")
            + frame(44, "pending", ROW)
            + frame(
                45,
                "blocked",
                "{" + BOB + ",\"blocked_at\":\"2026-04-25T13:20:02Z\",\"reason\":\"spam\"}")
            + frame(
                46,
                "session",
                "{\"session_id\":\"s\",\"state\":\"opened\",\"device_label\":\"phone\"}"));
    server.on("/events", 401, DENIED);
    Said said = watch();
    assertThat(said.out())
        .isEqualTo(
            """
            AT                       EVENT       CODE        CHANNEL         ACCOUNT           SENDER                    DETAIL
            2026-04-25 13:20:00 UTC  pending     K7M3XQ9P    chat            a                 ana                       Hi
            2026-04-25 13:20:01 UTC  approved    -           chat            a                 ana                       -
            2026-04-25 13:20:00 UTC  pending     K7M3XQ9P    chat            a                 ana                       Hi
            2026-04-25 13:20:02 UTC  blocked     -           web             b                 bob                       spam
            2026-04-25 13:21:00 UTC  session     -           -               -                 -                         opened phone
            """);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err())
        .startsWith("nexo-pair: ")
        .contains("rejected the password")
        .hasLineCount(1);
  }

  @Test
  @DisplayName("A connection that ended continues after the last event")
  void continues() {
    server.on("/pending", 200, "{\"pending\":[]}");
    stream(frame(42, "approved", "{" + ANA + "}") + "id: 43\n\ndata: {\"incompl");
    stream(frame(44, "denied", "{" + ANA + "}"));
    server.on("/events", 401, DENIED);
    Said said = watch();
    assertThat(said.out()).containsOnlyOnce("approved").containsOnlyOnce("denied").hasLineCount(3);
    List<String> positions =
        server.calls().stream()
            .filter(call -> call.line().equals("GET /events"))
            .map(call -> call.header("Last-Event-ID"))
            .toList();
    assertThat(positions).containsExactly(null, "43", "44");
    assertThat(server.calls()).allMatch(call -> call.header("Authorization") != null);
  }

  @Test
  @DisplayName("A server that is away for a while is reported once, and so is its return")
  void away() {
    server.on("/pending", 200, "{\"pending\":[]}");
    stream("");
    server.on("/events", 503, BUSY).on("/events", 503, BUSY);
    stream(frame(42, "revoked", "{" + ANA + "}"));
    server.on("/events", 401, DENIED);
    Said said = watch();
    assertThat(said.out()).contains("revoked");
    assertThat(said.err().lines().toList())
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).contains("The connection is lost (Busy").endsWith("again.");
              assertThat(lines.get(1)).isEqualTo("nexo-pair: Connected again.");
            });
  }

  @Test
  @DisplayName("--json prints an object per line; the filter leaves out what it does not match")
  void json() {
    server.on("/pending", 200, "{\"pending\":[" + ROW + "]}");
    stream(
        frame(42, "denied", "{" + BOB + "}")
            + frame(43, "session", "{\"session_id\":\"s\",\"state\":\"ended\"}")
            + frame(44, "denied", "{" + ANA + "}"));
    server.on("/events", 401, DENIED);
    Said said = watch("--json", "--channel", "chat");
    List<JsonObject> lines = said.out().lines().map(line -> Json.read(line).orElseThrow()).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).keySet()).containsExactly("data", "event");
    assertThat(lines.get(0).getString("event")).isEqualTo("pending");
    assertThat(lines.get(1).keySet()).containsExactly("data", "event", "id");
    assertThat(lines.get(1).getString("id")).isEqualTo("44");
    assertThat(server.calls()).anyMatch(call -> call.line().contains("/pending?channel=chat"));
  }

  @Test
  @DisplayName("After a reset, all pending requests are listed again")
  void reset() {
    server.on("/pending", 200, "{\"pending\":[" + ROW + "]}");
    server.on("/pending", 200, "{\"pending\":[" + ROW + "]}");
    stream(frame(90, "reset", "{}"));
    server.on("/events", 401, DENIED);
    Said said = watch("--json");
    assertThat(said.out().lines().map(line -> Json.read(line).orElseThrow().getString("event")))
        .containsExactly("pending", "reset", "pending");
    assertThat(said.err()).contains("Events were missed.");
  }

  @Test
  @DisplayName("If a list fails after a reset, the reset is requested again")
  void resetAgain() {
    server.on("/pending", 200, "{\"pending\":[]}").on("/pending", 503, BUSY);
    server.on("/pending", 200, "{\"pending\":[" + ROW + "]}");
    stream(frame(90, "reset", "{}"));
    stream(frame(90, "reset", "{}"));
    server.on("/events", 401, DENIED);
    assertThat(watch().out()).contains("K7M3XQ9P");
    assertThat(server.calls().stream().map(call -> call.header("Last-Event-ID")))
        .containsSubsequence("41", "90");
  }

  @Test
  @DisplayName("If the pending requests cannot be listed at the beginning, the command fails")
  void firstListFails() {
    server.on("/pending", 503, BUSY);
    stream("");
    Said said = watch();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("Busy").hasLineCount(1);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html          | <html>       | another web server  | is not running at
          text/event-stream  | ''           | an empty stream     | rejected the password
          text/event-stream2 | 'data: x\n\n' | no JSON            | rejected the password
          """)
  @DisplayName("What is no stream of events is reported, without a stack trace")
  void otherServers(String type, String body, String reason, String message) {
    server.on("/events", 200, Map.of("Content-Type", type), body);
    server.on("/events", 401, DENIED);
    Said said = watch();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains(message).doesNotContain("Exception");
  }

  @Test
  @DisplayName("An older server is named at once")
  void older() {
    assertThat(watch().err()).contains("older than this nexo-pair").hasLineCount(1);
  }
}
