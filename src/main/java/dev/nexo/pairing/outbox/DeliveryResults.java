package dev.nexo.pairing.outbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.internal.StorageBudget;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The results of recent delivery attempts, for callers that wait for them. Thread-safe.
 *
 * <p>Results are kept for two minutes, for two reasons: an attempt may end before its caller waits,
 * and a sender who writes again while the broker is away must not occupy a thread for 3 s each
 * time.
 */
final class DeliveryResults {

  /** The longest wait, in milliseconds. */
  private static final long MAX_WAIT_MILLIS = 3_000;

  /** How often the outbox is checked for a delivery by another server, in milliseconds. */
  private static final long ELSEWHERE_MILLIS = 200;

  /** How often a waiting caller checks whether to go on, in milliseconds. */
  private static final long SLICE_MILLIS = 50;

  private final Cache<String, DeliveryResult> latest =
      Caffeine.newBuilder()
          .maximumSize(100_000)
          .expireAfterWrite(Duration.ofMinutes(2))
          .executor(Runnable::run)
          .build();

  /** Records the result of a finished attempt and wakes the callers that wait. */
  synchronized void record(String requestId, DeliveryResult result) {
    latest.put(requestId, result);
    notifyAll();
  }

  /**
   * Waits up to {@value #MAX_WAIT_MILLIS} ms for the result of a request's delivery, or shorter if
   * the caller has waited long for the database already.
   *
   * @param requestId the pairing request
   * @param begin starts the attempt; called only if no result is known
   * @param hopeless whether waiting is useless, checked every {@value #SLICE_MILLIS} ms
   * @param elsewhere the result on another server, checked every {@value #ELSEWHERE_MILLIS} ms
   * @return the result, or {@code PUBLISH_FAILED} if it is not known in time. A successful delivery
   *     is returned once; later calls return {@code ALREADY_DELIVERED}
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
    // Includes the checks of the outbox, which must not add another 5 s.
    try (StorageBudget.Wait wait = StorageBudget.startWait()) {
      while (result == null && !hopeless.getAsBoolean()) {
        result = within(SLICE_MILLIS, requestId);
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (result == null && waited >= asked + ELSEWHERE_MILLIS) {
          asked = waited;
          result = elsewhere.get().orElse(null);
        }
        if (waited >= MAX_WAIT_MILLIS || StorageBudget.leftNanos() <= 0) {
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

  @SuppressWarnings("WaitNotInLoop") // the loop is in the caller, which checks more conditions
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
