package dev.nexo.pairing.internal;

/**
 * Whether the database is the store that this server has opened, with all changes that this server
 * has seen. Thread-safe.
 */
public interface StoreContinuity {

  /**
   * Returns whether the database was replaced, as last known. While it is, no call to it succeeds.
   * Takes no time.
   */
  boolean isReplaced();
}
