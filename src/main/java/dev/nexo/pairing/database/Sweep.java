package dev.nexo.pairing.database;

import java.time.Instant;

/**
 * Clears away what has run out in a room that has tables of its own. Implementations are CDI beans,
 * called every half minute on one server thread, and may throw: they are called again.
 */
public interface Sweep {

  /** Clears away what has run out by now, in transactions of limited size. */
  void sweep(Instant now);
}
