package dev.nexo.pairing.internal;

import dev.nexo.pairing.StorageUnavailableException;
import java.time.Instant;
import java.util.Optional;

/** How many messages to senders wait, and whether the broker is connected. Thread-safe. */
public interface OutboxStatus {

  /**
   * What waits, on all servers of the database together.
   *
   * @param count how many messages
   * @param since when the oldest of them was written; empty where none waits
   */
  record Waiting(long count, Optional<Instant> since) {}

  /**
   * What waits now.
   *
   * @throws StorageUnavailableException if the database does not answer
   */
  Waiting waiting();

  /**
   * Whether this server reaches its broker, as far as is known; always so without a broker outside
   * of this process.
   */
  boolean brokerConnected();
}
