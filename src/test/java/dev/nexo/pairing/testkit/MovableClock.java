package dev.nexo.pairing.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that is stopped until a test moves it. In UTC. Thread-safe. */
public final class MovableClock extends Clock {

  /** The initial time: 12:00 UTC on 1 November 2026. */
  public static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  /** Creates a clock that shows {@link #START}. */
  public MovableClock() {}

  /** Moves the clock; a negative duration sets it back. */
  public void move(Duration by) {
    now.updateAndGet(time -> time.plus(by));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public long millis() {
    return now.get().toEpochMilli();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** Returns this clock: only its instants matter to the module. */
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
