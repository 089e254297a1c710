package dev.nexo.pairing.testing;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A monotonic clock that is stopped until a test moves it. */
public final class MovableTicker implements Ticker {

  private final AtomicLong nanos = new AtomicLong();

  public void move(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  @Override
  public long read() {
    return nanos.get();
  }
}
