package dev.nexo.pairing.outbox;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.spi.BrokerMessage;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testkit.MovableClock;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** The delivery in a container, with an adapter and a clock that do as the test says. */
abstract class OutboxDeliveryFixture {

  /** An adapter of another module's that does as the test says. */
  @Singleton
  public static class Matrix implements PairingChannelAdapter {
    final List<Reply> sent = new CopyOnWriteArrayList<>();
    final CountDownLatch released = new CountDownLatch(1);
    volatile boolean hangs;
    volatile RuntimeException fault;

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

  final MovableClock clock = new MovableClock();
  final MovableTicker ticker = new MovableTicker();
  final List<BrokerMessage> published = new CopyOnWriteArrayList<>();
  volatile boolean observerFails;
  ChannelWorld world;
  Matrix matrix;

  @AfterEach
  void stop() {
    matrix.released.countDown();
    world.close();
  }

  void start(boolean observed) {
    ChannelWorld.Builder builder =
        ChannelWorld.builder().clock(clock).ticker(ticker).bean(Matrix.class);
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

  OutboxEntry challenge(String channel, String requestId) {
    return world
        .outbox()
        .add(requestId, new SenderKey(channel, "default", "+573001112222"), "ABCD2345");
  }

  DeliveryResult deliver(String requestId) {
    PendingRequest request =
        new PendingRequest(
            requestId,
            1,
            new SenderKey("any", "default", "any"),
            new PairingCode("ABCD2345"),
            clock.instant(),
            clock.instant().plusSeconds(3600),
            null,
            "{}");
    return world.get(OutboxDelivery.class).deliver(request);
  }
}
