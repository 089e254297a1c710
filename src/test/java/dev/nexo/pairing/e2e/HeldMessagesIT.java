package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.RawNats;
import dev.nexo.pairing.testing.RawNats.Received;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first messages of strangers, on the packaged server with a real broker. */
@DisplayName("Held messages on the packaged server")
@NeedsProgram("nats-server")
@Tag("slow")
class HeldMessagesIT {

  private static final Duration SOON = Duration.ofSeconds(15);

  /** A claim of a server that was killed is valid for a minute. */
  private static final Duration AFTER_A_KILL = Duration.ofSeconds(120);

  private NatsServer nats;
  private PackagedServer server;
  private RawNats agent;

  @BeforeEach
  void start() {
    nats = NatsServer.started();
    server =
        new PackagedServer("held-messages")
            .environment("PAIRING_BROKER_URL", nats.url())
            .environment("PAIRING_BUS_FORWARD_PREFIX", "agents.inbound")
            .environment("PAIRING_POLICY_SMS_HELD_HOLD_MESSAGES", "2")
            .start();
    connect();
  }

  private void connect() {
    await()
        .atMost(SOON)
        .until(() -> server.anyone().get("/health/ready").body().contains("nats: connected"));
    agent = nats.client().subscribe("agents.>");
  }

  @AfterEach
  void stop() {
    try (NatsServer first = nats;
        PackagedServer second = server;
        RawNats third = agent) {
      // Closes each of them, even if the start failed.
    }
  }

  private static String envelope(String sender, String text) {
    return " {\"id\":\"%s\", \"n\":[1.50],\"payload\":{\"from\":\"%s\",\"text\":\"%s\"}}\n"
        .formatted(text, sender, text);
  }

  private void write(String account, String sender, String text) {
    agent.publishWithHeaders(
        "plugin.inbound.sms." + account, "Nats-Msg-Id: " + text + "\r\n", envelope(sender, text));
  }

  private JsonObject awaitPending(String account) {
    await()
        .atMost(SOON)
        .until(
            () ->
                !server
                    .operator()
                    .get("/api/v1/pending?account_id=" + account)
                    .json()
                    .getJsonArray("pending")
                    .isEmpty());
    return server
        .operator()
        .get("/api/v1/pending?account_id=" + account)
        .json()
        .getJsonArray("pending")
        .getJsonObject(0);
  }

  private JsonArray awaitMessages(JsonObject request, int count) {
    String path = "/api/v1/pending/" + request.getString("request_id") + "/messages";
    await()
        .atMost(SOON)
        .until(() -> server.operator().get(path).json().getJsonArray("messages").size() == count);
    return server.operator().get(path).json().getJsonArray("messages");
  }

  private JsonObject approve(JsonObject request) {
    return server
        .operator()
        .posted("/pending/" + request.getInt("number") + "/approve", JsonValue.EMPTY_JSON_OBJECT);
  }

  private List<Received> arrived() {
    return agent.received().stream()
        .filter(message -> message.subject().startsWith("agents.inbound."))
        .toList();
  }

  @Test
  @DisplayName("A kill between approval and delivery loses no message and doubles none")
  void killed() throws IOException {
    write("held", "ana", "aardvark-1");
    write("held", "ana", "aardvark-2");
    write("held", "ana", "aardvark-3");
    JsonObject request = awaitPending("held");
    assertThat(awaitMessages(request, 2).getValuesAs(JsonObject.class))
        .extracting(message -> message.getString("text"))
        .containsExactly("aardvark-1", "aardvark-2");
    assertThat(request.getString("text")).isEqualTo("aardvark-1");

    write("open", "bob", "not held");
    JsonObject other = awaitPending("open");
    assertThat(awaitMessages(other, 0)).isEmpty();
    approve(other);

    agent.publish(
        "plugin.inbound.sms.open",
        null,
        "{\"payload\":{\"from\":\"carl\",\"is_group\":true,\"text\":\"zebra\"}}");
    awaitDropped();

    nats.kill();
    assertThat(approve(request)).doesNotContainKey("held");
    server.kill();
    assertNoClearText("aardvark");
    nats.start();
    agent.close();
    agent = nats.client().subscribe("agents.>");
    server.start();
    awaitDropped();
    await("the held messages").atMost(AFTER_A_KILL).until(() -> arrived().size() >= 2);
    write("held", "ana", "later");
    await("a later message").atMost(SOON).until(() -> arrived().size() >= 3);
    assertThat(arrived())
        .extracting(Received::body)
        .containsExactly(
            envelope("ana", "aardvark-1"), envelope("ana", "aardvark-2"), envelope("ana", "later"));
    assertThat(arrived())
        .allMatch(message -> message.subject().equals("agents.inbound.sms.held"))
        .allMatch(message -> message.headers().contains("Nats-Msg-Id:"));

    // Killed at any moment after an approval, with the broker there.
    write("held", "eve", "aardvark-4");
    JsonObject again = awaitPending("held");
    awaitMessages(again, 1);
    approve(again);
    server.kill();
    server.start();
    await("the held message").atMost(AFTER_A_KILL).until(() -> arrived().size() >= 4);
    assertThat(arrived().get(3).body()).isEqualTo(envelope("eve", "aardvark-4"));
  }

  /** The list of the dropped is the same after a kill. */
  private void awaitDropped() {
    await("who was dropped")
        .atMost(SOON)
        .until(
            () -> {
              String list = server.operator().get("/api/v1/dropped?account_id=open").body();
              return list.contains("\"carl\"") && list.contains("\"count\":1,");
            });
  }

  private void assertNoClearText(String text) throws IOException {
    try (Stream<Path> files = Files.list(server.database().getParent())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(text);
      }
    }
  }

  @Test
  @DisplayName("A caller over HTTP gets its messages in the answer of the approval")
  void caller() throws IOException {
    ServerClient operator = server.operator();
    operator.post(
        "/inbound",
        "{\"channel\":\"sms\",\"account_id\":\"held\",\"sender_id\":\"ana\",\"text\":\"aardvark\","
            + "\"meta\":{\"message_id\":\"7\"},\"deliver\":false}");
    JsonObject request = awaitPending("held");
    assertNoClearText("aardvark");
    String id = request.getString("request_id");
    JsonObject held = approve(request).getJsonArray("held").getJsonObject(0);
    assertThat(held.getString("id")).isEqualTo(id + "/1");
    assertThat(held.getString("text")).isEqualTo("aardvark");
    assertThat(held.getJsonObject("meta").getString("message_id")).isEqualTo("7");
    String path = "/api/v1/pending/" + id;
    assertThat(operator.post("/pending/" + id + "/approve", JsonValue.EMPTY_JSON_OBJECT).status())
        .isEqualTo(404);
    assertThat(operator.get(path + "/messages").json().getJsonArray("messages"))
        .containsExactly(held);
    assertThat(operator.get("/api/v1/pending/unknown/messages").status()).isEqualTo(404);
    assertThat(server.anyone().get(path + "/messages").status()).isEqualTo(401);
    String doctor = operator.get("/api/v1/doctor").body();
    assertThat(doctor).contains("held_messages").doesNotContain("NXP-1137");
  }
}
