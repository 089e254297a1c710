package dev.nexo.pairing.intake;

import dev.nexo.pairing.internal.LogMessage;
import java.lang.System.Logger;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Logs a warning at most once a minute, with the number of occurrences, because strangers can cause
 * it. The first occurrence is logged at once; a timer logs the further ones after a minute, whether
 * or not another occurs. Thread-safe.
 */
final class RateLimitedLog {

  static final long INTERVAL_SECONDS = 60;

  private final Logger log;
  private final ScheduledExecutorService timer;
  private final LogMessage message;
  private long since;
  private boolean waiting;

  /**
   * Creates a log for one warning.
   *
   * @param timer runs the summaries
   * @param message the warning; its argument is the number of times since the last one
   */
  RateLimitedLog(Logger log, ScheduledExecutorService timer, LogMessage message) {
    this.log = log;
    this.timer = timer;
    this.message = message;
  }

  /** Records an occurrence, and logs it unless the warning was logged within the last minute. */
  void happened() {
    happened(1);
  }

  /** Records several occurrences, and logs them like one. */
  synchronized void happened(long count) {
    since += count;
    if (!waiting) {
      logged();
    }
  }

  private synchronized void minuteEnded() {
    waiting = false;
    if (since > 0) {
      logged();
    }
  }

  private void logged() {
    message.log(log, since);
    since = 0;
    try {
      timer.schedule(this::minuteEnded, INTERVAL_SECONDS, TimeUnit.SECONDS);
      waiting = true;
    } catch (RejectedExecutionException e) {
      // The server stops; every further occurrence is logged.
      waiting = false;
    }
  }
}
