package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Changes {@code pairing.yaml} of a running server whose policy is off. */
final class ReloadScenario {

  /** Far more than the 5 s that the guide promises, for a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String FIRST =
      """
      pairing:
        policy: {auto_challenge: true}
        messages: {en: {challenge: "Reloaded, code {code}"}}
        channels: {bridge: {password: of-the-bridge}}
        trusted_proxies: [127.0.0.1]
        log: {level: debug}
      """;

  private final PackagedServer server;
  private final ServerClient operator;
  private final ServerClient bridge;

  ReloadScenario(PackagedServer server) {
    this.server = server;
    this.operator = server.operator();
    this.bridge = ServerClient.account(server.port(), "bridge", "of-the-bridge");
  }

  void run() throws IOException {
    assertThat(message(operator, "15550001111").getString("decision")).isEqualTo("admit");
    assertThat(policies()).doesNotContain("\"auto_challenge\":true");
    assertThat(bridge.post("/inbound", inbound("15550001111")).status()).isEqualTo(401);
    assertThat(failureFrom("203.0.113.7"))
        .contains("from 127.0.0.1:")
        .doesNotContain("203.0.113.7");

    server.yaml(FIRST);
    awaitDecision("15550001111", "challenge");
    // All of it is active, now that one of it is.
    assertThat(policies()).doesNotContain("\"auto_challenge\":false");
    assertThat(message(operator, "15550002222").getString("text")).startsWith("Reloaded, code ");
    assertThat(message(bridge, "15550002222").getString("decision")).isEqualTo("challenge");
    assertThat(failureFrom("203.0.113.7")).contains("from 203.0.113.7:");
    assertThat(doctor()).doesNotContain("NXP-1160", "NXP-1161");
    assertThat(server.console()).doesNotContain("of-the-bridge");

    // A bad file changes nothing, however often it is read.
    server.yaml(FIRST.replace("true", "false").replace("messages", "mesages"));
    awaitDoctor("NXP-1160", "pairing.mesages", "line 3");
    assertThat(message(operator, "15550001111").getString("decision")).isEqualTo("challenge");
    assertThat(server.console().lines().filter(line -> line.contains("NXP-0111"))).hasSize(1);

    // As an editor saves: the repaired file without the channel, and with what needs a restart.
    replace(
        FIRST
            .replace("channels: {bridge: {password: of-the-bridge}}", "session_ttl_secs: 61")
            .replace("debug", "warning"));
    awaitDoctor("NXP-1161", "pairing.session_ttl_secs", "systemctl restart");
    assertThat(doctor()).doesNotContain("NXP-1160");
    assertThat(bridge.post("/inbound", inbound("15550002222")).status()).isEqualTo(401);
    assertThat(message(operator, "15550001111").getString("decision")).isEqualTo("challenge");

    server.yaml(FIRST);
    await("no restart is needed").atMost(PATIENCE).until(() -> !doctor().contains("NXP-1161"));
    assertThat(reloads()).as("the third one is hidden by the level").isEqualTo(2);
    assertThat(bridge.post("/inbound", inbound("15550002222")).status()).isEqualTo(200);
  }

  private long reloads() throws IOException {
    Path log = server.serverDirectory().resolve("logs/messages.log");
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains("NXP-0110")).count();
    }
  }

  private void replace(String yaml) throws IOException {
    Path file = server.serverDirectory().resolve("pairing.yaml");
    Path other = Files.writeString(file.resolveSibling(".pairing.yaml.swp"), yaml);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Presents a wrong password, and returns what doctor says about it. */
  private String failureFrom(String address) {
    ServerClient.account(server.port(), "operator", "a-wrong-password")
        .from(address)
        .status("/api/v1/pending");
    return doctor();
  }

  private void awaitDecision(String sender, String decision) {
    await(decision)
        .atMost(PATIENCE)
        .until(() -> message(operator, sender).getString("decision").equals(decision));
  }

  private void awaitDoctor(String... parts) {
    await("doctor reports " + List.of(parts))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(doctor()).contains(parts));
  }

  private String policies() {
    String policies = operator.get("/api/v1/policies").body();
    assertThat(policies).contains("\"channel\":\"telegram\"", "\"channel\":\"whatsapp\"");
    return policies;
  }

  private String doctor() {
    return operator.get("/api/v1/doctor").body();
  }

  private JsonObject message(ServerClient caller, String sender) {
    return caller.posted("/inbound", inbound(sender));
  }

  private static JsonObject inbound(String sender) {
    return Json.createObjectBuilder()
        .add("channel", "whatsapp")
        .add("sender_id", sender + "@c.us")
        .add("deliver", false)
        .build();
  }
}
