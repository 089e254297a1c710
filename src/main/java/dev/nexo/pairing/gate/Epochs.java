package dev.nexo.pairing.gate;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts, by hash, how often cached admissions became invalid. An admission contains the count from
 * <em>before</em> its row was read. After a revocation the counts differ, even if a slow reader
 * caches the admission later. Thread-safe.
 */
final class Epochs {

  private static final int STRIPES = 1024;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(STRIPES);

  int of(int hash) {
    return counts.get(hash & (STRIPES - 1));
  }

  /** Invalidates all admissions of senders with this hash. */
  void advance(int hash) {
    counts.incrementAndGet(hash & (STRIPES - 1));
  }

  /** Invalidates all admissions. */
  void advanceAll() {
    for (int i = 0; i < STRIPES; i++) {
      counts.incrementAndGet(i);
    }
  }
}
