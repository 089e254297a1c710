package dev.nexo.pairing.intake;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs a warning that a stranger can cause once a minute, with the number of times. Thread-safe.
 */
final class RateLimitedLog {

  private static final long INTERVAL_MILLIS = 60_000;

  private final Logger log;
  private final Clock clock;
  private final String message;
  private final AtomicLong since = new AtomicLong();
  private final AtomicLong notBefore = new AtomicLong(Long.MIN_VALUE);

  /**
   * Makes one.
   *
   * @param message the warning, with <code>{0}</code> for how often since the last one
   */
  RateLimitedLog(Logger log, Clock clock, String message) {
    this.log = log;
    this.clock = clock;
    this.message = message;
  }

  /** It has happened. */
  void happened() {
    since.incrementAndGet();
    long now = clock.millis();
    long next = notBefore.get();
    if (now >= next && notBefore.compareAndSet(next, now + INTERVAL_MILLIS)) {
      log.log(Level.WARNING, message, since.getAndSet(0));
    }
  }
}
