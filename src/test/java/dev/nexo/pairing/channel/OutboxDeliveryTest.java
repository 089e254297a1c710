package dev.nexo.pairing.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.BrokerMessage;
import dev.nexo.pairing.DeliveryException;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PairingNotice.ChallengeDelivered;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.Readiness;
import dev.nexo.pairing.Reply;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.store.OutboxEntry;
import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.MutableClock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxDeliveryTest {

  /** An adapter of another module's that does as the test says. */
  @Singleton
  public static class Matrix implements PairingChannelAdapter {
    private final List<Reply> sent = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean hangs;
    private volatile RuntimeException fault;

    @Override
    public String channelId() {
      return "matrix";
    }

    @Override
    public Optional<String> normalizeSender(String raw) {
      return Optional.of(raw);
    }

    @Override
    public void sendReply(Reply reply) {
      if (hangs) {
        try {
          released.await();
        } catch (InterruptedException e) {
          throw new DeliveryException("interrupted", e);
        }
      }
      if (fault != null) {
        throw fault;
      }
      sent.add(reply);
    }
  }

  private final MutableClock clock = new MutableClock();
  private final List<BrokerMessage> published = new CopyOnWriteArrayList<>();
  private volatile boolean observerFails;
  private ChannelWorld world;
  private Matrix matrix;

  @AfterEach
  void stop() {
    matrix.released.countDown();
    world.close();
  }

  private void start(boolean observed) {
    ChannelWorld.Builder builder = ChannelWorld.builder().clock(clock).bean(Matrix.class);
    if (observed) {
      builder.observer(
          message -> {
            if (observerFails) {
              throw new IllegalStateException("the observer is broken");
            }
            published.add(message);
          });
    }
    world = builder.start();
    matrix = world.get(Matrix.class);
  }

  private OutboxEntry challenge(String channel, String requestId) {
    return world
        .outbox()
        .add(requestId, new SenderKey(channel, "default", "+573001112222"), "ABCD2345");
  }

  private DeliveryResult deliver(String requestId) {
    PendingRequest request =
        new PendingRequest(
            requestId,
            new SenderKey("any", "default", "any"),
            new PairingCode("ABCD2345"),
            clock.instant(),
            clock.instant().plusSeconds(3600),
            null,
            "{}");
    return world.get(ChallengeDelivery.class).deliver(request);
  }

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
    world.get(ChallengeDelivery.class).wake();
    await().until(() -> published.size() == 1 && matrix.sent.size() == 1);
    assertThat(published.get(0).json()).contains("You are in\\\\.").contains("MarkdownV2");
    assertThat(matrix.sent.get(0).text()).startsWith("✅ You are in. ");
    assertThat(world.notices()).as("a notice is no challenge").isEmpty();
  }

  @Test
  void whatFailsWaitsAndGoesOutUnderTheSameId() {
    start(true);
    matrix.fault = new DeliveryException("away; the code was ABCD2345", null);
    OutboxEntry entry = challenge("matrix", "r1");
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.PUBLISH_FAILED);
    await().until(() -> world.outbox().attempts(entry) == 1);
    matrix.fault = null;
    clock.advance(Duration.ofSeconds(2));
    await().until(() -> world.outbox().isSent(entry));
    assertThat(matrix.sent).extracting(Reply::id).containsExactly(entry.id());
    assertThat(world.notices())
        .as("only the first attempt is told")
        .containsExactly(new ChallengeDelivered("matrix", DeliveryResult.PUBLISH_FAILED));
  }

  @Test
  void anObserverThatThrowsIsAFailedPublish() {
    start(true);
    observerFails = true;
    OutboxEntry entry = challenge("whatsapp", "r1");
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.PUBLISH_FAILED);
    await().until(() -> world.outbox().attempts(entry) == 1);
  }

  @Test
  void anAdapterThatHangsHoldsUpNoOtherChannel() {
    start(true);
    matrix.hangs = true;
    OutboxEntry hanging = challenge("matrix", "r1");
    CompletableFuture<DeliveryResult> waiting = CompletableFuture.supplyAsync(() -> deliver("r1"));
    challenge("whatsapp", "r2");
    assertThat(deliver("r2")).isEqualTo(DeliveryResult.DELIVERED_VIA_ADAPTER);
    assertThat(waiting.join()).as("after 3 s").isEqualTo(DeliveryResult.PUBLISH_FAILED);
    assertThat(world.outbox().isSent(hanging)).isFalse();
    matrix.released.countDown();
    await().until(() -> world.outbox().isSent(hanging));
    assertThat(matrix.sent).hasSize(1);
  }

  @Test
  void whatWaitedInItsLaneForTooLongIsLeftToItsNextClaim() {
    start(true);
    matrix.hangs = true;
    OutboxEntry first = challenge("matrix", "r1");
    OutboxEntry second = challenge("matrix", "r2");
    world.get(ChallengeDelivery.class).wake();
    await().until(() -> world.outbox().isClaimed(second));
    clock.advance(Duration.ofSeconds(30));
    matrix.hangs = false;
    matrix.released.countDown();
    await().until(() -> world.outbox().isSent(first));
    assertThat(world.outbox().isSent(second)).isFalse();
    clock.advance(Duration.ofSeconds(31));
    await().until(() -> world.outbox().isSent(second));
    assertThat(matrix.sent).extracting(Reply::id).containsExactly(first.id(), second.id());
  }

  @Test
  void aDatabaseThatGoesAwayAfterTheHandoverDoesNotMakeItHappenTwice() {
    start(true);
    matrix.hangs = true;
    OutboxEntry entry = challenge("matrix", "r1");
    world.get(ChallengeDelivery.class).wake();
    await().until(() -> world.outbox().isClaimed(entry));
    world.outbox().failing(true);
    matrix.released.countDown();
    await().until(() -> matrix.sent.size() == 1);
    clock.advance(Duration.ofMinutes(5));
    world.outbox().failing(false);
    await().until(() -> world.outbox().isSent(entry));
    assertThat(matrix.sent).hasSize(1);
  }

  @Test
  void aDatabaseThatIsAwayIsAskedAgain() {
    start(true);
    world.outbox().failing(true);
    assertThat(world.get(Readiness.class).check().details())
        .containsEntry("outbox_waiting", "unknown");
    world.outbox().failing(false);
    OutboxEntry entry = challenge("matrix", "r1");
    await().until(() -> world.outbox().isSent(entry));
  }

  @Test
  void manyGoOutEachOnceInTheOrderOfTheirChannel() {
    start(true);
    List<String> ids =
        IntStream.range(0, 1_500).mapToObj(i -> challenge("matrix", "r" + i).id()).toList();
    world.get(ChallengeDelivery.class).wake();
    await().atMost(Duration.ofSeconds(20)).until(() -> world.outbox().waiting() == 0);
    assertThat(matrix.sent).extracting(Reply::id).containsExactlyElementsOf(ids);
  }

  @Test
  void theInProcessBrokerIsAlwaysReady() {
    start(true);
    Readiness broker = world.get(Readiness.class);
    assertThat(broker.name()).isEqualTo("broker");
    assertThat(broker.check().up()).isTrue();
    assertThat(broker.check().details())
        .containsEntry("broker", "in-process")
        .containsEntry("outbox_waiting", "0");
  }
}
