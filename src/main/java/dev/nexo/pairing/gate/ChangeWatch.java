package dev.nexo.pairing.gate;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Checks every 250 ms whether other processes have narrowed access: revocations, earlier ends,
 * deletions, blocks and denials. Approvals do not clear the cache, since only admissions are
 * cached. If the last successful check began more than 1 s ago, the gate does not use its cache,
 * because another server may have revoked a sender. Thread-safe.
 *
 * <p>Two clocks measure this second, and each of them can end it. The monotonic clock is not
 * affected by setting the system time, and the wall clock also runs while the machine is suspended.
 */
@Component
class ChangeWatch {

  private static final int EVERY_MILLIS = 250;
  private static final int VALID_MILLIS = 1_000;
  private static final long VALID_NANOS = TimeUnit.MILLISECONDS.toNanos(VALID_MILLIS);

  /** When the last successful check began, on both clocks. */
  private record Check(long millis, long nanos) {}

  private final Database database;
  private final Epochs epochs = new Epochs();
  private final Clock clock;
  private final Ticker ticker;
  private final ScheduledExecutorService background;

  /** Null if there is none, or if too much time has passed since. */
  private volatile Check lastCheck;

  /** Whether the last check failed, maybe after it had taken note of a narrowing. */
  private volatile boolean failed;

  private volatile ScheduledFuture<?> schedule;

  @Inject
  ChangeWatch(Database database, Clock clock, Ticker ticker, ScheduledExecutorService background) {
    this.database = database;
    this.clock = clock;
    this.ticker = ticker;
    this.background = background;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    schedule =
        background.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
  }

  /** Checks now whether other processes have narrowed access, and invalidates the cache if so. */
  void look() {
    Check before = new Check(clock.millis(), ticker.read());
    boolean unbroken = isCurrent(before.millis(), before.nanos());
    if (!unbroken) {
      // Permanently, so that a clock that is set back does not make the last check valid again.
      lastCheck = null;
    }
    try {
      // After a gap the count may be equal by chance, if another database has taken over.
      if (database.narrowedByOthers() || failed || !unbroken) {
        epochs.advanceAll();
      }
      failed = false;
      lastCheck = before;
    } catch (RuntimeException e) {
      failed = true;
      if (database.isReplaced()) {
        lastCheck = null;
      }
      // The readiness check reports the failure. A scheduled task that throws never runs again.
    }
  }

  Epochs epochs() {
    return epochs;
  }

  /**
   * Returns whether the changes of other processes up to 1 s ago are known.
   *
   * @param millis the wall clock's time, in milliseconds since 1970
   * @param nanos the ticker's time
   */
  boolean isCurrent(long millis, long nanos) {
    Check last = lastCheck;
    return last != null
        && nanos - last.nanos() <= VALID_NANOS
        && millis >= last.millis()
        && millis <= last.millis() + VALID_MILLIS;
  }
}
