package dev.nexo.pairing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.PairingEvent.ChallengeDelivered;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Outbox delivery")
class OutboxDeliveryTest extends OutboxDeliveryFixture {

  @Test
  @DisplayName("A challenge is sent once through its adapter")
  void adapter() {
    start(true);
    OutboxEntry entry = challenge("matrix", "r1");
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.DELIVERED_VIA_ADAPTER);
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.ALREADY_DELIVERED);
    await().until(() -> world.outbox().isSent(entry));
    assertThat(matrix.sent).hasSize(1);
    assertThat(matrix.sent.get(0).id()).isEqualTo(entry.id());
    assertThat(matrix.sent.get(0).text()).contains("nexo pair approve ABCD2345");
    assertThat(published).isEmpty();
    await()
        .until(
            () ->
                world
                    .notices()
                    .equals(
                        List.of(
                            new ChallengeDelivered(
                                "matrix", DeliveryResult.DELIVERED_VIA_ADAPTER))));
  }

  @Test
  @DisplayName("A challenge that another server sent is reported as delivered")
  void otherServer() {
    start(true);
    synchronized (world.outbox()) {
      OutboxEntry entry = challenge("sms", "r1");
      world.outbox().claimedElsewhere(entry);
      world.outbox().sent(List.of(entry));
    }
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.DELIVERED_VIA_BROKER);
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.ALREADY_DELIVERED);
    assertThat(published).isEmpty();
  }

  @Test
  @DisplayName("Without an adapter a challenge is published to the broker")
  void noAdapter() {
    start(true);
    OutboxEntry entry = challenge("sms", "r1");
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.DELIVERED_VIA_BROKER);
    assertThat(published).hasSize(1);
    assertThat(published.get(0).subject()).isEqualTo("plugin.outbound.sms.default");
    assertThat(published.get(0).json())
        .isEqualTo(
            "{\"id\":\""
                + entry.id()
                + "\",\"timestamp\":\"2026-11-01T12:00:00Z\","
                + "\"topic\":\"plugin.outbound.sms.default\",\"source\":\"core.pairing\","
                + "\"session_id\":null,\"payload\":{\"kind\":\"text\",\"to\":\"+573001112222\","
                + "\"text\":\"🔐 Pairing required.\\nAsk the operator to run:\\n"
                + "  nexo pair approve ABCD2345\"}}");
  }

  @Test
  @DisplayName("A Telegram message declares its parse mode")
  void telegram() {
    start(true);
    challenge("telegram", "r1");
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.DELIVERED_VIA_ADAPTER);
    assertThat(published.get(0).json())
        .contains("\"text\":\"🔐 Pairing required\\\\.\\n")
        .endsWith(",\"parse_mode\":\"MarkdownV2\"}}");
  }

  @Test
  @DisplayName("Without adapter and observer the challenge is not delivered")
  void noObserver() {
    start(false);
    OutboxEntry entry = challenge("sms", "r1");
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.NO_ADAPTER_NO_BROKER_TOPIC);
    await().until(() -> world.outbox().attempts(entry) == 1);
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.NO_ADAPTER_NO_BROKER_TOPIC);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "whatsapp, PUBLISH_FAILED, its adapter publishes through the broker",
    "telegram, PUBLISH_FAILED, so does this one",
    "discord, PUBLISH_FAILED, a plugin answers over the broker only",
    "matrix, DELIVERED_VIA_ADAPTER, its adapter needs no broker",
    "sms, NO_ADAPTER_NO_BROKER_TOPIC, it has no adapter"
  })
  @DisplayName("Without broker and observer only an adapter of its own delivers")
  void nobodyListens(String channel, DeliveryResult expected, String reason) {
    world = ChannelWorld.builder().clock(clock).bean(Matrix.class).adapter("discord", "d").start();
    matrix = world.get(Matrix.class);
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.outbox")) {
      OutboxEntry entry = challenge(channel, "r1");
      assertThat(deliver("r1")).as(reason).isEqualTo(expected);
      boolean delivered = expected == DeliveryResult.DELIVERED_VIA_ADAPTER;
      await().until(() -> world.outbox().isSent(entry) == delivered);
      assertThat(world.outbox().undelivered(List.of("r1"))).hasSize(delivered ? 0 : 1);
      if (expected == DeliveryResult.PUBLISH_FAILED) {
        assertThat(log.text()).contains("NXP-0052", "pairing.broker.url").doesNotContain("ABCD");
      }
    }
  }

  @Test
  @DisplayName("An approval notice uses the channel's markup")
  void approval() {
    start(true);
    world.outbox().add("r1", new SenderKey("telegram", "default", "1"), null);
    world.outbox().add("r2", new SenderKey("matrix", "default", "1"), null);
    world.get(OutboxDelivery.class).wake();
    await().until(() -> published.size() == 1 && matrix.sent.size() == 1);
    assertThat(published.get(0).json()).contains("You are in\\\\.").contains("MarkdownV2");
    assertThat(matrix.sent.get(0).text()).startsWith("✅ You are in. ");
    assertThat(world.notices()).as("a notice is no challenge").isEmpty();
  }

  @Test
  @DisplayName("Many messages are sent once each, in the order of their channel")
  void order() {
    start(true);
    List<String> ids =
        IntStream.range(0, 1_500).mapToObj(i -> challenge("matrix", "r" + i).id()).toList();
    world.get(OutboxDelivery.class).wake();
    await().atMost(Duration.ofSeconds(20)).until(() -> world.outbox().waiting() == 0);
    assertThat(matrix.sent).extracting(Reply::id).containsExactlyElementsOf(ids);
  }

  @Test
  @DisplayName("The in-process broker is always ready")
  void inProcess() {
    start(true);
    ReadinessCheck broker = world.get(ReadinessCheck.class);
    assertThat(broker.name()).isEqualTo("broker");
    assertThat(broker.check().up()).isTrue();
    assertThat(broker.check().details())
        .containsEntry("broker", "in-process")
        .containsEntry("outbox_waiting", "0");
  }
}
