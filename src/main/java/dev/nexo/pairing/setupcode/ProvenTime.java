package dev.nexo.pairing.setupcode;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;

/**
 * A time that a clock which is wrong for a while cannot move ahead: the lowest time that the wall
 * clock has claimed within the last {@link #WINDOW}, continued by the monotonic clock. It is up to
 * two windows behind a wall clock that was corrected forwards, and never ahead of the wall clock.
 * Thread-safe.
 */
final class ProvenTime {

  /** How long a wall clock has to be ahead until it is believed. */
  static final Duration WINDOW = Duration.ofHours(24);

  private final Ticker ticker;
  private Instant zeroBefore;
  private Instant zero;
  private long windowStart;

  /**
   * Starts with a time that is known to have passed.
   *
   * @param passed the time, such as the newest one that is recorded in the database
   */
  ProvenTime(Ticker ticker, Instant passed) {
    this.ticker = ticker;
    this.windowStart = ticker.read();
    this.zero = passed.minusNanos(windowStart);
    this.zeroBefore = zero;
  }

  /** Returns the proven time when the wall clock shows this time. */
  synchronized Instant at(Instant wall) {
    long nanos = ticker.read();
    Instant claimed = wall.minusNanos(nanos);
    if (nanos - windowStart >= WINDOW.toNanos()) {
      zeroBefore = zero;
      zero = claimed;
      windowStart = nanos;
    }
    zero = min(zero, claimed);
    return min(zero, zeroBefore).plusNanos(nanos);
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
