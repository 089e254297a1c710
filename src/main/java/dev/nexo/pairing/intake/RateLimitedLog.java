package dev.nexo.pairing.intake;

import dev.nexo.pairing.internal.LogMessage;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs a warning at most once a minute, with the number of occurrences, because strangers can cause
 * it. Thread-safe.
 */
final class RateLimitedLog {

  private static final long INTERVAL_MILLIS = 60_000;

  private final Logger log;
  private final Clock clock;
  private final LogMessage message;
  private final AtomicLong since = new AtomicLong();
  private final AtomicLong notBefore = new AtomicLong(Long.MIN_VALUE);

  /**
   * Creates a log for one warning.
   *
   * @param message the warning; its argument is the number of times since the last one
   */
  RateLimitedLog(Logger log, Clock clock, LogMessage message) {
    this.log = log;
    this.clock = clock;
    this.message = message;
  }

  /** Records an occurrence and logs the warning if it is due. */
  void happened() {
    happened(1);
  }

  /** Records several occurrences and logs the warning if it is due. */
  void happened(long count) {
    since.addAndGet(count);
    long now = clock.millis();
    long next = notBefore.get();
    if (now >= next && notBefore.compareAndSet(next, now + INTERVAL_MILLIS)) {
      message.log(log, since.getAndSet(0));
    }
  }
}
