package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.code;
import static dev.nexo.pairing.e2e.Messages.envelope;
import static dev.nexo.pairing.e2e.Messages.from;
import static dev.nexo.pairing.e2e.Messages.sender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.testing.Exposition;
import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.Observability;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.RawNats;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The main use case on the packaged server with a real broker: a stranger writes, is challenged
 * through the channel, approved, admitted, revoked, and no longer admitted.
 */
@DisplayName("Main task on the packaged server")
@NeedsProgram("nats-server")
class MainTaskIT {

  private static final String BROKER_TOKEN = "a-token-for-the-broker";
  private static final Duration SOON = Duration.ofSeconds(15);

  private static NatsServer nats;
  private static PackagedServer server;
  private static ServerClient operator;
  private static RawNats bus;
  private static Map<String, Double> atStart;

  @BeforeAll
  static void start() {
    nats = NatsServer.started("authorization { token: \"" + BROKER_TOKEN + "\" }");
    server =
        new PackagedServer("main-job")
            .environment("PAIRING_BROKER_URL", nats.url())
            .environment("PAIRING_BROKER_TOKEN", BROKER_TOKEN)
            .start();
    operator = server.operator();
    atStart = server.anyone().metrics();
    await().atMost(SOON).until(() -> health().contains("nats: connected"));
    bus =
        RawNats.connect(nats.port(), "{\"verbose\":false,\"auth_token\":\"" + BROKER_TOKEN + "\"}")
            .subscribe("plugin.outbound.>");
  }

  @AfterAll
  static void stop() {
    try (NatsServer first = nats;
        PackagedServer second = server;
        RawNats third = bus) {
      // Closes each of them, even if another one fails to close.
    }
  }

  private static String health() {
    return server.anyone().get("/health/ready").body();
  }

  private static RawNats.Received published(String to) {
    await("a challenge for " + to).atMost(SOON).until(() -> all(to).findAny().isPresent());
    List<RawNats.Received> messages = all(to).toList();
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  private static Stream<RawNats.Received> all(String to) {
    return bus.received().stream()
        .filter(message -> envelope(message).getJsonObject("payload").getString("to").equals(to));
  }

  private static String decision(JsonObject message) {
    return operator.posted("/inbound", message).getString("decision");
  }

  @Test
  @DisplayName("A stranger is challenged, approved, admitted and revoked over the bus")
  void fromStrangerToAdmittedAndBack() {
    Map<String, Double> before = server.anyone().metrics();
    JsonObject message = from("whatsapp", "default", "15550002222:7@s.whatsapp.net");

    JsonObject challenged = operator.posted("/inbound", message);
    assertThat(challenged.getString("decision")).isEqualTo("challenge");
    assertThat(challenged.getString("sender_id")).isEqualTo("+15550002222");
    assertThat(challenged.getString("delivery")).isEqualTo("delivered_via_adapter");
    assertThat(challenged).doesNotContainKeys("code", "text");

    RawNats.Received received = published("+15550002222");
    assertThat(received.subject()).isEqualTo("plugin.outbound.whatsapp.default");
    JsonObject envelope = envelope(received);
    assertThat(envelope.keySet())
        .containsExactlyInAnyOrder("id", "timestamp", "topic", "source", "session_id", "payload");
    assertThat(UUID.fromString(envelope.getString("id"))).hasToString(envelope.getString("id"));
    assertThat(Instant.parse(envelope.getString("timestamp")))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    assertThat(envelope.getString("topic")).isEqualTo("plugin.outbound.whatsapp.default");
    assertThat(envelope.getString("source")).isEqualTo("core.pairing");
    assertThat(envelope.get("session_id")).isEqualTo(JsonValue.NULL);
    JsonObject payload = envelope.getJsonObject("payload");
    assertThat(payload.keySet()).containsExactlyInAnyOrder("kind", "to", "text");
    assertThat(payload.getString("kind")).isEqualTo("text");
    String code = code(payload.getString("text"));
    assertThat(payload.getString("text"))
        .isEqualTo("🔐 Pairing required.\nAsk the operator to run:\n  nexo pair approve " + code);

    assertThat(operator.posted("/inbound", message).getString("delivery"))
        .isEqualTo("already_delivered");

    // An en dash between curly quotes, as word processors write them.
    String typed =
        "%E2%80%9C"
            + code.substring(0, 4).toLowerCase(Locale.ROOT)
            + "%E2%80%93"
            + code.substring(4)
            + "%E2%80%9D";
    JsonObject approved =
        operator.posted("/pending/" + typed + "/approve", JsonValue.EMPTY_JSON_OBJECT);
    assertThat(approved.getString("sender_id")).isEqualTo("+15550002222");
    assertThat(decision(message)).isEqualTo("admit");
    assertThat(decision(message)).as("from the cache").isEqualTo("admit");
    assertThat(operator.post("/pending/" + code + "/approve", JsonValue.EMPTY_JSON_OBJECT).status())
        .as("a code is good for once")
        .isEqualTo(404);

    JsonObject revoked =
        operator.posted("/allow-from/revoke", sender("whatsapp", "default", "+1 (555) 000-2222"));
    assertThat(revoked.getInt("revoked")).isEqualTo(1);
    // No wait: the cached admission is invalid at once.
    assertThat(decision(message)).isEqualTo("challenge");

    assertThat(
            operator
                .get("/api/v1/audit?channel=whatsapp&sender_id=%2B15550002222")
                .json()
                .getJsonArray("audit"))
        .extracting(JsonValue::asJsonObject)
        .extracting(
            row ->
                row.getString("action")
                    + " "
                    + row.getString("actor")
                    + " "
                    + row.getString("surface"))
        .containsExactly(
            "challenged gate gate",
            "revoked operator api",
            "approved operator api",
            "challenged gate gate");
    // The numbers of rows may be 250 ms old.
    await("the metrics").atMost(SOON).untilAsserted(() -> checkMetrics(before));
  }

  private static void checkMetrics(Map<String, Double> before) {
    Map<String, Double> after = server.anyone().metrics();
    Map<String, Double> grown = new TreeMap<>();
    after.forEach((name, value) -> grown.put(name, value - before.getOrDefault(name, 0.0)));
    assertThat(grown)
        .containsEntry("pairing_requests_pending{channel=\"whatsapp\"}", 1.0)
        .containsEntry("pairing_approvals_total{channel=\"whatsapp\",result=\"ok\"}", 1.0)
        .containsEntry("pairing_approvals_total{channel=\"\",result=\"not_found\"}", 1.0)
        .containsEntry(challenged("whatsapp", "delivered_via_adapter"), 2.0)
        .containsEntry(challenged("whatsapp", "publish_failed"), 0.0)
        .containsEntry(
            "pairing_gate_decisions_total{channel=\"whatsapp\",decision=\"admit\",reason=\"\"}",
            2.0)
        .containsEntry(
            "pairing_gate_decisions_total{channel=\"whatsapp\",decision=\"challenge\",reason=\"\"}",
            3.0)
        .containsEntry("pairing_gate_decision_seconds_count", 4.0);
  }

  @Test
  @DisplayName("The documented metrics exist from the start, at zero")
  void metricsFromTheStart() {
    Map<String, Double> expected = new TreeMap<>();
    expected.put("pairing_codes_expired_total", 0.0);
    expected.put("pairing_bootstrap_tokens_issued_total{profile=\"companion-v1\"}", 0.0);
    expected.put("pairing_approvals_total{channel=\"\",result=\"not_found\"}", 0.0);
    expected.put(
        "pairing_gate_decisions_total{channel=\"whatsapp\",decision=\"drop\",reason=\"storage\"}",
        0.0);
    for (String channel : List.of("whatsapp", "telegram")) {
      expected.put("pairing_requests_pending{channel=\"" + channel + "\"}", 0.0);
      for (String result : List.of("ok", "expired", "not_found")) {
        expected.put(
            "pairing_approvals_total{channel=\"" + channel + "\",result=\"" + result + "\"}", 0.0);
      }
      for (String result :
          List.of(
              "delivered_via_adapter",
              "delivered_via_broker",
              "publish_failed",
              "no_adapter_no_broker_topic")) {
        expected.put(challenged(channel, result), 0.0);
      }
    }
    assertThat(atStart).containsAllEntriesOf(expected);
  }

  private static String challenged(String channel, String result) {
    return "pairing_inbound_challenged_total{channel=\""
        + channel
        + "\",result=\""
        + result
        + "\"}";
  }

  @Test
  @DisplayName("The dashboard and alerts query only metrics that the server exposes")
  void dashboardsAskForWhatIsThere() {
    operator.posted("/inbound", from("whatsapp", "watched", "+15550004444"));
    await("a look at the parts")
        .atMost(SOON)
        .until(() -> server.anyone().metrics().get("pairing_ready{part=\"database\"}") == 1.0);
    assertThat(server.anyone().metrics())
        .containsEntry("pairing_ready{part=\"key_file\"}", 1.0)
        .containsEntry("pairing_ready{part=\"broker\"}", 1.0)
        .containsEntry("pairing_broker_connected", 1.0)
        .containsKeys("pairing_outbox_waiting", "pairing_outbox_oldest_seconds");
    Exposition exposed = new Exposition(server.anyone().get("/metrics").body());
    for (Observability.Expression expression : Observability.expressions()) {
      assertThat(exposed.faults(expression.query())).as(expression.where()).isEmpty();
      assertThat(exposed.resultLabels(expression.query()))
          .as("labels shown by " + expression.where())
          .containsAll(expression.shown());
    }
  }

  @Test
  @DisplayName("A Telegram challenge is MarkdownV2 on the account's subject")
  void telegram() {
    JsonObject challenged = operator.posted("/inbound", from("telegram", "helpdesk", "@Some_Body"));
    assertThat(challenged.getString("delivery")).isEqualTo("delivered_via_adapter");
    RawNats.Received received = published("@some_body");
    assertThat(received.subject()).isEqualTo("plugin.outbound.telegram.helpdesk");
    JsonObject payload = envelope(received).getJsonObject("payload");
    assertThat(payload.getString("parse_mode")).isEqualTo("MarkdownV2");
    String code = code(payload.getString("text"));
    assertThat(payload.getString("text"))
        .isEqualTo(
            "🔐 Pairing required\\.\nAsk the operator to run:\n  `nexo pair approve " + code + "`");
    operator.posted("/pending/" + code + "/approve", JsonValue.EMPTY_JSON_OBJECT);
    assertThat(decision(from("telegram", "helpdesk", "Some_Body"))).isEqualTo("admit");
    assertThat(decision(from("telegram", "default", "Some_Body")))
        .as("admitted on one account is not admitted on another")
        .isEqualTo("challenge");
  }

  @Test
  @DisplayName("A channel without an adapter gets the plain challenge")
  void channelWithoutAdapter() {
    JsonObject challenged =
        operator.posted("/inbound", from("matrix", "default", " @a:b.example "));
    assertThat(challenged.getString("sender_id")).isEqualTo("@a:b.example");
    assertThat(challenged.getString("delivery")).isEqualTo("delivered_via_broker");
    assertThat(published("@a:b.example").subject()).isEqualTo("plugin.outbound.matrix.default");
    assertThat(server.anyone().metrics())
        .containsEntry(challenged("matrix", "delivered_via_broker"), 1.0);
  }

  @Test
  @DisplayName("The health checks report each part")
  void healthSaysWhatIsWell() {
    for (String path : new String[] {"/health/live", "/health/started", "/health/ready"}) {
      ServerClient.Answer answer = server.anyone().get(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.json().getString("status")).as(path).isEqualTo("UP");
    }
    JsonObject data =
        server
            .anyone()
            .get("/health/ready")
            .json()
            .getJsonArray("checks")
            .getJsonObject(0)
            .getJsonObject("data");
    assertThat(data.getString("database")).isEqualTo("writable");
    assertThat(data.getString("broker")).isEqualTo("nats: connected");
    assertThat(data.getString("outbox_waiting")).isEqualTo("0");
    assertThat(data).containsKey("migrations");
  }

  @Test
  @DisplayName("The command that the console shows works in a shell, and returns the code")
  void theConsoleCanBeCopiedIntoShell() throws Exception {
    List<String> commands =
        server
            .console()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("curl "))
            .toList();
    assertThat(commands).hasSize(1);
    assertThat(shell(commands.get(0)))
        .contains("\"decision\":\"challenge\"", "+15550009999", "\"code\":\"");
    assertThat(server.console()).contains("nexo-pair approve <code>");
  }

  /** Commands on a sender who is admitted, and whether they end the admission. */
  static Stream<Arguments> senders() {
    return Stream.of(
        arguments("revoke whatsapp:default:+15550008881", 0, true, "the form that approve prints"),
        arguments(
            "block whatsapp default whatsapp:default:+15550008881", 0, true, "the same in block"),
        arguments("revoke whatsapp:15550008881:40@s.whatsapp.net", 0, true, "a device's JID"),
        arguments("revoke whatsapp:+15550008881 --account nosuch", 1, false, "no such account"),
        arguments("revoke whatsapp:nosuch:+15550008881", 1, false, "no such account in the form"),
        arguments("revoke \"whatsapp:+1 555 000 888l\"", 1, false, "a letter l"),
        arguments("revoke whatsapp:+15550008881.0", 1, false, "a decimal"),
        arguments("block whatsapp default telegram:default:1", 1, false, "another channel"),
        arguments("block whatsapp default \"+1 555 000 888l\"", 1, false, "block a letter l"),
        arguments("unblock whatsapp default abc", 1, false, "unblock letters"),
        arguments("block slack default slack:U1", 1, false, "only the channel in front"),
        arguments("block slack default Slack:default:U1", 1, false, "the form in another case"),
        arguments("revoke irc:nosuch:net", 1, false, "an ID with a colon, without the account"),
        arguments("revoke whatsapp:15550008881:99@hosted", 0, true, "a hosted device"),
        arguments("seed whatsapp default 15550001111.0", 1, false, "seed a decimal"),
        arguments("seed whatsapp default '+44 (0)20 7946 0000'", 1, false, "seed a trunk zero"),
        arguments("seed telegram default 1087968824", 1, false, "seed a service account"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("senders")
  @DisplayName("A command on a sender takes effect, or fails with exit code 1")
  void commandsOnSenders(String command, int exit, boolean ends, String why) throws Exception {
    JsonObject sender = sender("whatsapp", "default", "+15550008881");
    operator.posted("/blocked/unblock", sender);
    shell(pair("seed whatsapp default +15550008881"));
    assertThat(shell(pair(command) + "; echo exit $?")).as(why).endsWith("exit " + exit + "\n");
    String decision =
        operator
            .posted("/inbound", from("whatsapp", "default", "+15550008881"))
            .getString("decision");
    assertThat(decision.equals("admit")).as(why).isEqualTo(!ends);
    operator.posted("/blocked/unblock", sender);
  }

  @Test
  @DisplayName("A number that WhatsApp sends and nobody would type can be blocked")
  void trunkZeroOfWhatsApp() throws Exception {
    JsonObject message = from("whatsapp", "default", "01555000111@s.whatsapp.net");
    assertThat(operator.posted("/inbound", message).getString("decision")).isEqualTo("challenge");
    String block = pair("block whatsapp default +01555000111") + "; echo exit $?";
    assertThat(shell(block)).endsWith("exit 0\n");
    assertThat(operator.posted("/inbound", message).getString("reason")).isEqualTo("blocked");
    assertThat(shell(pair("block whatsapp default +01555000112") + "; echo exit $?"))
        .as("a number that no row has")
        .endsWith("exit 1\n");
  }

  @Test
  @DisplayName("Seed and explain warn about IDs that will not match, and hint at near twins")
  void warningsAndTwins() throws Exception {
    assertThat(shell(pair("seed telegram warned @ana") + " 2>&1; echo exit $?"))
        .contains("@ana")
        .containsIgnoringCase("warning")
        .endsWith("exit 0\n");
    shell(pair("seed whatsapp default +5511987654321"));
    assertThat(
            operator
                .get("/api/v1/explain?channel=whatsapp&sender_id=%2B551187654321")
                .json()
                .getJsonArray("near_twins")
                .toString())
        .isEqualTo("[\"+5511987654321\"]");
    JsonObject marked = from("whatsapp", "default", "\u202a+55 11 98765-4321\u202c");
    assertThat(operator.posted("/inbound", marked).getString("decision"))
        .as("marks of text direction")
        .isEqualTo("admit");
  }

  @Test
  @DisplayName("The QR code of a setup code fits into 80 columns")
  void qrWidth() throws Exception {
    String start = "start --for-device 'Ana phone' --public-url wss://nexo.example.com";
    List<String> code =
        shell(pair(start))
            .replaceAll("\u001b\\[[0-9;]*m", "")
            .lines()
            .filter(line -> line.matches(".*[\u2580\u2584\u2588].*"))
            .toList();
    assertThat(code).isNotEmpty().allMatch(line -> line.length() <= 80);
  }

  private static String pair(String command) {
    return "NEXO_HOME="
        + server.home()
        + " HTTP_PORT="
        + server.port()
        + " "
        + Path.of("target", "cli", "nexo-pair").toAbsolutePath()
        + " "
        + command;
  }

  private static String shell(String command) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("No log contains a code, a password or a token")
  void nothingSecretInLogs() throws Exception {
    operator.posted("/inbound", from("telegram", "secrets", "12345"));
    String code = code(envelope(published("12345")).getJsonObject("payload").getString("text"));
    ServerClient.operator(server.port(), "not-the-password").get("/api/v1/pending");
    operator.posted("/pending/" + code + "/deny", JsonValue.EMPTY_JSON_OBJECT);
    operator.post("/pending/" + code + "/approve", JsonValue.EMPTY_JSON_OBJECT);
    List<String> codes =
        bus.received().stream()
            .filter(Messages::hasCode)
            .map(message -> code(envelope(message).getJsonObject("payload").getString("text")))
            .toList();
    assertThat(codes).contains(code);
    List<Path> files = server.logFiles().toList();
    assertThat(files)
        .extracting(Path::getFileName)
        .extracting(Path::toString)
        .contains("messages.log", "console-1.log");
    for (Path file : files) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(text.contains(server.operatorPassword())).as("password in " + file).isFalse();
      assertThat(text.contains("not-the-password")).as("wrong password in " + file).isFalse();
      assertThat(text.contains(BROKER_TOKEN)).as("token in " + file).isFalse();
      assertThat(codes.stream().filter(text::contains).count()).as("codes in " + file).isZero();
    }
  }
}
