package dev.nexo.pairing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BrokerState;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.InMemoryOutbox;
import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.RawNats;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Challenges on the wire, read with NATS's own protocol. */
@DisplayName("Outbox over NATS")
@NeedsProgram("nats-server")
class OutboxOverNatsTest {

  private static final SenderKey SENDER = new SenderKey("whatsapp", "main.line", "+573001112222");

  private static void connected(ChannelWorld world) {
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> world.get(Broker.class).state() == BrokerState.CONNECTED);
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  private static List<String> ids(List<RawNats.Received> messages) {
    return messages.stream().map(message -> json(message.body()).getString("id")).toList();
  }

  private static String broker(ChannelWorld world) {
    return world.get(ReadinessCheck.class).check().details().get("broker");
  }

  @Test
  @DisplayName("A challenge is published in the documented envelope")
  void envelope() {
    try (NatsServer server = NatsServer.started();
        RawNats watcher = server.client().subscribe("plugin.outbound.>");
        ChannelWorld world = ChannelWorld.builder().nats(server.url()).start()) {
      connected(world);
      OutboxEntry entry = world.outbox().add("r1", SENDER, "ABCD2345");
      world.get(OutboxDelivery.class).wake();
      RawNats.Received message = watcher.awaitReceived(1).get(0);
      assertThat(message.subject()).isEqualTo("plugin.outbound.whatsapp.main.line");
      JsonObject envelope = json(message.body());
      assertThat(envelope.keySet())
          .containsExactly("id", "timestamp", "topic", "source", "session_id", "payload");
      assertThat(envelope.getString("id")).isEqualTo(entry.id());
      assertThat(envelope.getString("topic")).isEqualTo(message.subject());
      assertThat(envelope.getString("source")).isEqualTo("core.pairing");
      assertThat(envelope.getString("timestamp"))
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
      assertThat(envelope.isNull("session_id")).isTrue();
      assertThat(envelope.getJsonObject("payload").toString())
          .isEqualTo(
              "{\"kind\":\"text\",\"to\":\"+573001112222\",\"text\":\"🔐 Pairing required.\\n"
                  + "Ask the operator to run:\\n  nexo pair approve ABCD2345\"}");
      await().until(() -> world.outbox().isSent(entry));
      assertThat(broker(world)).isEqualTo("nats: connected");
    }
  }

  @Test
  @DisplayName("A broker that starts late gets every message")
  void lateBroker() {
    try (NatsServer server = NatsServer.stopped();
        ChannelWorld world = ChannelWorld.builder().nats(server.url()).start()) {
      OutboxEntry entry = world.outbox().add("r1", SENDER, "ABCD2345");
      world.get(OutboxDelivery.class).wake();
      await().until(() -> world.outbox().attempts(entry) >= 1);
      assertThat(broker(world)).isEqualTo("nats: reconnecting, challenges wait in the outbox");
      assertThat(world.notices().toString()).contains(DeliveryResult.PUBLISH_FAILED.name());

      server.start();
      try (RawNats watcher = server.client().subscribe("plugin.outbound.>")) {
        await().atMost(Duration.ofSeconds(15)).until(() -> world.outbox().isSent(entry));
        watcher.flush();
        assertThat(ids(watcher.received())).containsExactly(entry.id());
      }
    }
  }

  @Test
  @DisplayName("A killed broker loses no message and gets none twice")
  void killedBroker() {
    try (NatsServer server = NatsServer.started();
        ChannelWorld world = ChannelWorld.builder().nats(server.url()).start()) {
      connected(world);
      List<String> seen = new ArrayList<>();
      List<OutboxEntry> entries = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        try (RawNats watcher = server.client().subscribe("plugin.outbound.>")) {
          OutboxEntry up = world.outbox().add("up" + round, SENDER, "ABCD2345");
          entries.add(up);
          world.get(OutboxDelivery.class).wake();
          await().atMost(Duration.ofSeconds(15)).until(() -> world.outbox().isSent(up));
          watcher.flush();
          server.kill();
          seen.addAll(ids(watcher.received()));
        }
        OutboxEntry down = world.outbox().add("down" + round, SENDER, "ABCD2345");
        entries.add(down);
        world.get(OutboxDelivery.class).wake();
        await().until(() -> world.outbox().attempts(down) >= 1);
        server.start();
        try (RawNats watcher = server.client().subscribe("plugin.outbound.>")) {
          await().atMost(Duration.ofSeconds(15)).until(() -> world.outbox().isSent(down));
          connected(world);
          watcher.flush();
          seen.addAll(ids(watcher.received()));
        }
      }
      assertThat(seen).containsExactlyElementsOf(entries.stream().map(OutboxEntry::id).toList());
    }
  }

  @Test
  @DisplayName("Two servers share an outbox and send nothing twice")
  void twoServers() {
    InMemoryOutbox outbox = new InMemoryOutbox(Clock.systemUTC());
    try (NatsServer server = NatsServer.started();
        RawNats watcher = server.client().subscribe("plugin.outbound.>");
        ChannelWorld one = ChannelWorld.builder().nats(server.url()).outbox(outbox).start();
        ChannelWorld two = ChannelWorld.builder().nats(server.url()).outbox(outbox).start()) {
      connected(one);
      connected(two);
      for (int i = 0; i < 200; i++) {
        outbox.add("r" + i, SENDER, "ABCD2345");
        (i % 2 == 0 ? one : two).get(OutboxDelivery.class).wake();
      }
      await().atMost(Duration.ofSeconds(15)).until(() -> outbox.waiting() == 0);
      watcher.flush();
      assertThat(ids(watcher.received())).hasSize(200).doesNotHaveDuplicates();
    }
  }

  @Test
  @DisplayName("A publish that NATS forbids is not treated as delivered")
  void forbidden() {
    String permissions =
        """
        authorization {
          users = [
            {user: pairing, password: secret, permissions: {publish: "nothing"}}
          ]
        }
        """;
    try (NatsServer server = NatsServer.started(permissions);
        ChannelWorld world =
            ChannelWorld.builder()
                .nats("nats://pairing:secret@127.0.0.1:" + server.port())
                .start()) {
      connected(world);
      OutboxEntry entry = world.outbox().add("r1", SENDER, "ABCD2345");
      world.get(OutboxDelivery.class).wake();
      await().until(() -> world.outbox().attempts(entry) >= 1);
      assertThat(world.outbox().isSent(entry)).isFalse();
    }
  }
}
