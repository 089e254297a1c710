package dev.nexo.pairing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.PairingEvent.ChallengeDelivered;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.spi.Reply;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxDeliveryTest extends OutboxDeliveryFixture {

  @Test
  void aChallengeGoesOutThroughItsAdapterOnce() {
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
  void whatAnotherNodeWasQuickerToHandOverIsDelivered() {
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
  void withoutAnAdapterItIsPublishedPlainlyWhereSomebodyObserves() {
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
  void telegramSaysThatItsTextIsMarkdown() {
    start(true);
    challenge("telegram", "r1");
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.DELIVERED_VIA_ADAPTER);
    assertThat(published.get(0).json())
        .contains("\"text\":\"🔐 Pairing required\\\\.\\n")
        .endsWith(",\"parse_mode\":\"MarkdownV2\"}}");
  }

  @Test
  void withNeitherAdapterNorObserverTheOperatorHasToPassItOn() {
    start(false);
    OutboxEntry entry = challenge("sms", "r1");
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.NO_ADAPTER_NO_BROKER_TOPIC);
    await().until(() -> world.outbox().attempts(entry) == 1);
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.NO_ADAPTER_NO_BROKER_TOPIC);
  }

  @Test
  void anApprovalIsToldInTheChannelsOwnMarkup() {
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
  void manyGoOutEachOnceInTheOrderOfTheirChannel() {
    start(true);
    List<String> ids =
        IntStream.range(0, 1_500).mapToObj(i -> challenge("matrix", "r" + i).id()).toList();
    world.get(OutboxDelivery.class).wake();
    await().atMost(Duration.ofSeconds(20)).until(() -> world.outbox().waiting() == 0);
    assertThat(matrix.sent).extracting(Reply::id).containsExactlyElementsOf(ids);
  }

  @Test
  void theInProcessBrokerIsAlwaysReady() {
    start(true);
    ReadinessCheck broker = world.get(ReadinessCheck.class);
    assertThat(broker.name()).isEqualTo("broker");
    assertThat(broker.check().up()).isTrue();
    assertThat(broker.check().details())
        .containsEntry("broker", "in-process")
        .containsEntry("outbox_waiting", "0");
  }
}
