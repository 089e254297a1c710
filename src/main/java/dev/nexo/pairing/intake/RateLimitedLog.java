package dev.nexo.pairing.intake;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.internal.LogMessage;
import java.lang.System.Logger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs a warning at most once a minute, with the number of occurrences, because strangers can cause
 * it. Thread-safe.
 */
final class RateLimitedLog {

  private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Logger log;
  private final Ticker ticker;
  private final LogMessage message;
  private final AtomicLong since = new AtomicLong();
  private final AtomicLong notBefore;

  /**
   * Creates a log for one warning.
   *
   * @param message the warning; its argument is the number of times since the last one
   */
  RateLimitedLog(Logger log, Ticker ticker, LogMessage message) {
    this.log = log;
    this.ticker = ticker;
    this.notBefore = new AtomicLong(ticker.read());
    this.message = message;
  }

  /** Records an occurrence and logs the warning if it is due. */
  void happened() {
    happened(1);
  }

  /** Records several occurrences and logs the warning if it is due. */
  void happened(long count) {
    since.addAndGet(count);
    long now = ticker.read();
    long next = notBefore.get();
    if (now - next >= 0 && notBefore.compareAndSet(next, now + INTERVAL_NANOS)) {
      message.log(log, since.getAndSet(0));
    }
  }
}
