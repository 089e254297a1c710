package dev.nexo.pairing.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BrokerState;
import dev.nexo.pairing.outbox.OutboxDelivery;
import dev.nexo.pairing.outbox.OutboxEntry;
import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.RawNats;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A channel driven by a plugin that speaks nothing but NATS's own protocol. */
@DisplayName("Brokered adapter over NATS")
@NeedsProgram("nats-server")
class BrokeredAdapterOverNatsTest {

  private static String answer(RawNats.Received question) {
    String payload =
        question.subject().endsWith("normalize_sender")
            ? "{\"normalized\":\"signal-1\"}"
            : "{\"ok\":true}";
    return "{\"id\":\"a\",\"topic\":\"t\",\"reply_to\":null,\"payload\":" + payload + "}";
  }

  @Test
  @DisplayName("A plugin that speaks plain NATS normalizes and sends")
  void plugin() {
    try (NatsServer server = NatsServer.started();
        RawNats plugin = server.client();
        ChannelWorld world =
            ChannelWorld.builder().nats(server.url()).adapter("signal", "plugins.signal").start()) {
      await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> world.get(Broker.class).state() == BrokerState.CONNECTED);
      PairingAdapterRegistry registry = world.get(PairingAdapterRegistry.class);
      assertThatThrownBy(() -> registry.normalizeSender("signal", " 1 "))
          .as("nobody listens yet")
          .isInstanceOf(AdapterUnavailableException.class);

      plugin.onMessage(question -> plugin.publish(question.replyTo(), null, answer(question)));
      plugin.subscribe("plugins.signal.pairing.*");
      assertThat(registry.normalizeSender("signal", " 1 ")).contains("signal-1");
      assertThat(plugin.received().get(0).body())
          .contains("\"reply_to\":\"" + plugin.received().get(0).replyTo() + "\"")
          .endsWith("\"payload\":{\"raw\":\"1\"}}");

      SenderKey sender = new SenderKey("signal", "default", "signal-1");
      OutboxEntry entry = world.outbox().add("r1", sender, "ABCD2345");
      world.get(OutboxDelivery.class).wake();
      await().atMost(Duration.ofSeconds(15)).until(() -> world.outbox().isSent(entry));
      List<RawNats.Received> received = plugin.received();
      assertThat(received).hasSize(2);
      assertThat(received.get(1).subject()).isEqualTo("plugins.signal.pairing.send_reply");
      assertThat(received.get(1).body()).contains(entry.id()).contains("\"account\":\"default\"");
    }
  }

  @Test
  @DisplayName("A plugin that hangs times out and delays no other channel")
  void hangingPlugin() {
    try (NatsServer server = NatsServer.started();
        RawNats plugin = server.client().subscribe("plugins.signal.pairing.*");
        ChannelWorld world =
            ChannelWorld.builder().nats(server.url()).adapter("signal", "plugins.signal").start()) {
      await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> world.get(Broker.class).state() == BrokerState.CONNECTED);
      assertThatThrownBy(
              () -> world.get(PairingAdapterRegistry.class).normalizeSender("signal", "1"))
          .isInstanceOf(AdapterUnavailableException.class);
      OutboxEntry hanging =
          world.outbox().add("r1", new SenderKey("signal", "default", "1"), "ABCD2345");
      world.get(OutboxDelivery.class).wake();
      plugin.awaitReceived(2);
      OutboxEntry other =
          world.outbox().add("r2", new SenderKey("whatsapp", "default", "+12345"), "ABCD2345");
      world.get(OutboxDelivery.class).wake();
      await().atMost(Duration.ofSeconds(5)).until(() -> world.outbox().isSent(other));
      assertThat(world.outbox().isSent(hanging)).isFalse();
    }
  }
}
