package dev.nexo.pairing.outbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.DeliveryResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The results of the latest attempts, for the callers that wait for them. Thread-safe.
 *
 * <p>Results are kept for two minutes: an attempt may end before its caller waits, and a sender who
 * writes again while the broker is away must not hold a thread for seconds each time.
 */
final class DeliveryResults {

  /** The longest wait, in milliseconds. */
  private static final long MAX_WAIT_MILLIS = 3_000;

  /** How often the outbox is asked; a delivery by this node rarely takes as long. */
  private static final long ELSEWHERE_MILLIS = 200;

  /** How often a wait is reconsidered. */
  private static final long SLICE_MILLIS = 50;

  private final Cache<String, DeliveryResult> latest =
      Caffeine.newBuilder()
          .maximumSize(100_000)
          .expireAfterWrite(Duration.ofMinutes(2))
          .executor(Runnable::run)
          .build();

  /** Keeps the result of an attempt that has ended. */
  synchronized void record(String requestId, DeliveryResult result) {
    latest.put(requestId, result);
    notifyAll();
  }

  /**
   * Waits for the result of a request's attempt, {@value #MAX_WAIT_MILLIS} ms at most.
   *
   * @param requestId the request
   * @param begin starts the attempt; called only if no result is known
   * @param hopeless whether waiting is useless, checked every {@value #SLICE_MILLIS} ms
   * @param elsewhere the result on another node, asked every {@value #ELSEWHERE_MILLIS} ms
   * @return the result, {@code PUBLISH_FAILED} if it is not known in time; a delivery is returned
   *     once, and is {@code ALREADY_DELIVERED} from then on
   */
  DeliveryResult await(
      String requestId,
      Runnable begin,
      BooleanSupplier hopeless,
      Supplier<Optional<DeliveryResult>> elsewhere) {
    DeliveryResult result = latest.getIfPresent(requestId);
    if (result == null) {
      begin.run();
    }
    long start = System.nanoTime();
    long asked = 0;
    try {
      while (result == null && !hopeless.getAsBoolean()) {
        result = within(SLICE_MILLIS, requestId);
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (result == null && waited >= asked + ELSEWHERE_MILLIS) {
          asked = waited;
          result = elsewhere.get().orElse(null);
        }
        if (waited >= MAX_WAIT_MILLIS) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DeliveryResult.PUBLISH_FAILED;
    }
    DeliveryResult found = result == null ? DeliveryResult.PUBLISH_FAILED : result;
    return once(requestId, latest.get(requestId, id -> found));
  }

  @SuppressWarnings("WaitNotInLoop") // the caller has the loop, and checks more than the result
  private synchronized DeliveryResult within(long millis, String requestId)
      throws InterruptedException {
    if (latest.getIfPresent(requestId) == null) {
      wait(millis);
    }
    return latest.getIfPresent(requestId);
  }

  private DeliveryResult once(String requestId, DeliveryResult result) {
    boolean delivered =
        result == DeliveryResult.DELIVERED_VIA_ADAPTER
            || result == DeliveryResult.DELIVERED_VIA_BROKER;
    return !delivered || latest.asMap().replace(requestId, result, DeliveryResult.ALREADY_DELIVERED)
        ? result
        : DeliveryResult.ALREADY_DELIVERED;
  }
}
