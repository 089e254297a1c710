package dev.nexo.pairing.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The messages to senders that are not sent yet, in the database. Thread-safe. The gate adds a
 * challenge in the transaction that creates the request, an approval its own message. A challenge
 * whose request was decided or has expired is removed.
 *
 * <p>Every method throws {@link dev.nexo.pairing.StorageUnavailableException} where the database
 * does not answer.
 */
public interface Outbox {

  /**
   * Claims what is due for this node, oldest first. A claim is valid for a minute, or until {@link
   * #failed} sets when to try again.
   *
   * @param limit how many at most, 1–1000
   */
  List<OutboxEntry> claim(int limit);

  /** Marks entries as sent. They are kept, so that nothing is sent twice. */
  void sent(Collection<OutboxEntry> entries);

  /**
   * Marks entries as failed; each is due again after a wait that grows from 1 s to 1 min. An entry
   * that another node has claimed since stays as it is.
   */
  void failed(Collection<OutboxEntry> entries);

  /** Makes all entries due now, because the broker is back. */
  void retryNow();

  /** Whether the challenge of a request was sent, by any node. */
  boolean isSent(String requestId);

  /** How many entries wait. */
  long waiting();

  /** When the oldest waiting entry was added; empty if none waits. */
  Optional<Instant> waitingSince();
}
