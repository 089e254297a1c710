package dev.nexo.pairing.internal;

import dev.nexo.pairing.StorageUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** The messages that wait in the outbox, and whether the broker is connected. Thread-safe. */
public interface OutboxStatus {

  /**
   * The messages in the outbox that all servers of the database share.
   *
   * @param count the number of messages
   * @param since when the oldest message was created; empty if there is none
   */
  record Waiting(long count, Optional<Instant> since) {}

  /**
   * Returns the messages that wait now.
   *
   * @throws StorageUnavailableException if the database does not answer
   */
  Waiting waiting();

  /**
   * Returns which of these pairing requests have a challenge that has not been sent yet.
   *
   * @param requestIds up to 1000 ids
   * @throws StorageUnavailableException if the database does not answer
   */
  Set<String> undelivered(Collection<String> requestIds);

  /**
   * Returns whether this server is connected to its broker, as last known; always true with the
   * in-process broker.
   */
  boolean brokerConnected();
}
