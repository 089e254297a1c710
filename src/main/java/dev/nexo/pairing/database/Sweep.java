package dev.nexo.pairing.database;

import java.time.Instant;

/**
 * Deletes the expired rows of another package. Implementations are CDI beans, called every 30 s on
 * one thread, even after an exception.
 */
public interface Sweep {

  /** Deletes what has expired by now, in transactions of limited size. */
  void sweep(Instant now);
}
