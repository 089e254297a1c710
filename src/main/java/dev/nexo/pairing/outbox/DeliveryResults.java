package dev.nexo.pairing.outbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.DeliveryResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How the latest attempts ended, for those who wait for one. Thread-safe.
 *
 * <p>Outcomes are remembered for a while: an attempt may end before anybody waits, and a stranger
 * who writes again while the broker is away must not hold a thread for seconds each time.
 */
final class DeliveryResults {

  /** Rarer than a delivery of one's own takes, so that this costs nothing as a rule. */
  private static final int LOOK_MILLIS = 200;

  /** How often a wait is reconsidered, milliseconds. */
  private static final int SLICE_MILLIS = 50;

  private final Cache<String, DeliveryResult> latest =
      Caffeine.newBuilder()
          .maximumSize(100_000)
          .expireAfterWrite(Duration.ofMinutes(2))
          .executor(Runnable::run)
          .build();
  private final ConcurrentMap<String, CompletableFuture<DeliveryResult>> waiting =
      new ConcurrentHashMap<>();

  /** An attempt has ended. */
  void record(String requestId, DeliveryResult result) {
    latest.put(requestId, result);
    CompletableFuture<DeliveryResult> waiter = waiting.remove(requestId);
    if (waiter != null) {
      waiter.complete(result);
    }
  }

  /**
   * Waits for the outcome of a request's attempt.
   *
   * @param requestId the request
   * @param begin sets the attempt off; called only where no outcome is known
   * @param patience how long to wait
   * @param hopeless whether waiting has become pointless; asked before each {@value #SLICE_MILLIS}
   *     ms of it
   * @param elsewhere what came of it on another node, asked every {@value #LOOK_MILLIS} ms
   * @return the outcome; one that tells of a delivery is told once, then it is {@code
   *     ALREADY_DELIVERED}
   */
  DeliveryResult await(
      String requestId,
      Runnable begin,
      Duration patience,
      BooleanSupplier hopeless,
      Supplier<Optional<DeliveryResult>> elsewhere) {
    CompletableFuture<DeliveryResult> outcome =
        waiting.computeIfAbsent(requestId, id -> new CompletableFuture<>());
    // In this order: an attempt that ends from now on finds somebody waiting.
    DeliveryResult known = latest.getIfPresent(requestId);
    if (known != null) {
      waiting.remove(requestId, outcome);
      return tellOnce(requestId, known);
    }
    begin.run();
    try {
      long most = patience.toMillis();
      for (long waited = SLICE_MILLIS;
          waited <= most && !hopeless.getAsBoolean();
          waited += SLICE_MILLIS) {
        Optional<DeliveryResult> ended = within(SLICE_MILLIS, outcome);
        if (waited % LOOK_MILLIS == 0) {
          ended = ended.or(elsewhere);
        }
        if (ended.isPresent()) {
          latest.asMap().putIfAbsent(requestId, ended.get());
          return tellOnce(requestId, ended.get());
        }
      }
      DeliveryResult late = latest.getIfPresent(requestId);
      if (late != null) {
        return tellOnce(requestId, late);
      }
      latest.asMap().putIfAbsent(requestId, DeliveryResult.PUBLISH_FAILED);
      return DeliveryResult.PUBLISH_FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DeliveryResult.PUBLISH_FAILED;
    } finally {
      waiting.remove(requestId, outcome);
    }
  }

  private static Optional<DeliveryResult> within(
      long millis, CompletableFuture<DeliveryResult> outcome) throws InterruptedException {
    try {
      return Optional.of(outcome.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    }
  }

  private DeliveryResult tellOnce(String requestId, DeliveryResult result) {
    boolean delivered =
        result == DeliveryResult.DELIVERED_VIA_ADAPTER
            || result == DeliveryResult.DELIVERED_VIA_BROKER;
    if (!delivered || latest.asMap().replace(requestId, result, DeliveryResult.ALREADY_DELIVERED)) {
      return result;
    }
    return DeliveryResult.ALREADY_DELIVERED;
  }
}
