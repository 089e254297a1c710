package dev.nexo.pairing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.PairingEvent.ChallengeDelivered;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.spi.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What fails, hangs or goes away in between. */
@DisplayName("Failures of outbox delivery")
class OutboxFailureTest extends OutboxDeliveryFixture {

  @Test
  @DisplayName("A failed message is sent again with the same id")
  void retries() {
    start(true);
    matrix.fault = new DeliveryException("away; the code was ABCD2345", null);
    OutboxEntry entry = challenge("matrix", "r1");
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.PUBLISH_FAILED);
    await().until(() -> world.outbox().attempts(entry) == 1);
    matrix.fault = null;
    clock.move(Duration.ofSeconds(2));
    await().until(() -> world.outbox().isSent(entry));
    assertThat(matrix.sent).extracting(Reply::id).containsExactly(entry.id());
    assertThat(world.notices())
        .as("only the first attempt is told")
        .containsExactly(new ChallengeDelivered("matrix", DeliveryResult.PUBLISH_FAILED));
  }

  @Test
  @DisplayName("An observer that throws is a failed publish")
  void observerThrows() {
    start(true);
    observerFails = true;
    OutboxEntry entry = challenge("whatsapp", "r1");
    assertThat(deliver("r1")).isEqualTo(DeliveryResult.PUBLISH_FAILED);
    await().until(() -> world.outbox().attempts(entry) == 1);
  }

  @Test
  @DisplayName("An adapter that hangs delays no other channel")
  void hangingAdapter() {
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
  @DisplayName("An adapter that hangs delays no other channel, however much is due on its own")
  void hangingAdapterWithBacklog() {
    start(true);
    matrix.hangs = true;
    for (int i = 0; i < 1_200; i++) {
      challenge("matrix", "m" + i);
    }
    world.get(OutboxDelivery.class).wake();
    for (int i = 0; i < 3; i++) {
      challenge("whatsapp", "r" + i);
      assertThat(deliver("r" + i)).isEqualTo(DeliveryResult.DELIVERED_VIA_ADAPTER);
    }
    matrix.hangs = false;
    matrix.released.countDown();
  }

  @Test
  @DisplayName("A message that waited too long in its queue is left to the next claim")
  void staleClaim() {
    start(true);
    matrix.hangs = true;
    OutboxEntry first = challenge("matrix", "r1");
    OutboxEntry second = challenge("matrix", "r2");
    world.get(OutboxDelivery.class).wake();
    await().until(() -> world.outbox().isClaimed(second));
    clock.move(Duration.ofHours(-1));
    ticker.move(Duration.ofSeconds(30));
    matrix.hangs = false;
    matrix.released.countDown();
    await().until(() -> world.outbox().isSent(first));
    assertThat(world.outbox().isSent(second)).isFalse();
    clock.move(Duration.ofHours(1).plusSeconds(61));
    await().until(() -> world.outbox().isSent(second));
    assertThat(matrix.sent).extracting(Reply::id).containsExactly(first.id(), second.id());
  }

  @Test
  @DisplayName("A database failure after sending does not send twice")
  void databaseFails() {
    start(true);
    matrix.hangs = true;
    OutboxEntry entry = challenge("matrix", "r1");
    world.get(OutboxDelivery.class).wake();
    await().until(() -> world.outbox().isClaimed(entry));
    world.outbox().failing(true);
    matrix.released.countDown();
    await().until(() -> matrix.sent.size() == 1);
    clock.move(Duration.ofMinutes(5));
    world.outbox().failing(false);
    await().until(() -> world.outbox().isSent(entry));
    assertThat(matrix.sent).hasSize(1);
  }

  @Test
  @DisplayName("Delivery continues when the database is back")
  void databaseAway() {
    start(true);
    world.outbox().failing(true);
    assertThat(world.get(ReadinessCheck.class).check().details())
        .containsEntry("outbox_waiting", "unknown");
    world.outbox().failing(false);
    OutboxEntry entry = challenge("matrix", "r1");
    await().until(() -> world.outbox().isSent(entry));
  }
}
