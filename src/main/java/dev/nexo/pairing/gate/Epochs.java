package dev.nexo.pairing.gate;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts, by hash, how often what was cached may have become wrong. An admission remembers the
 * count under which it was <em>read</em>; once a sender is revoked, what was read before counts for
 * nothing, also where a slow reader puts it into the cache afterwards. Thread-safe.
 */
final class Epochs {

  private static final int STRIPES = 1024;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(STRIPES);

  int of(int hash) {
    return counts.get(hash & (STRIPES - 1));
  }

  /** Nothing that was read of this sender up to now is true any more. */
  void advance(int hash) {
    counts.incrementAndGet(hash & (STRIPES - 1));
  }

  /** Nothing that was read of anybody up to now is true any more. */
  void advanceAll() {
    for (int i = 0; i < STRIPES; i++) {
      counts.incrementAndGet(i);
    }
  }
}
