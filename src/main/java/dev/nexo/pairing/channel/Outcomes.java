package dev.nexo.pairing.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.DeliveryResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How the latest attempts ended, for those who wait for one. Thread-safe.
 *
 * <p>Outcomes are remembered for a while: an attempt may end before anybody waits, and a stranger
 * who writes again while the broker is away must not hold a thread for seconds each time.
 */
final class Outcomes {

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
   * @return the outcome; one that tells of a delivery is told once, then it is {@code
   *     ALREADY_DELIVERED}
   */
  DeliveryResult await(String requestId, Runnable begin, Duration patience) {
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
      return tellOnce(requestId, outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
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
