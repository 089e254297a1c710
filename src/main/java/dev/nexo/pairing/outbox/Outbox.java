package dev.nexo.pairing.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What still has to be told to senders, kept in the database until somebody says they have it.
 * Thread-safe. Challenges get in through the gate, in the transaction that makes the request;
 * notices through the approval. What is no longer worth telling, because the request was decided or
 * has run out, leaves by itself.
 *
 * <p>Every method throws {@link dev.nexo.pairing.StorageUnavailableException} where the database
 * does not answer.
 */
public interface Outbox {

  /**
   * Takes what is due, oldest first, for this node alone: nobody else gets it for a minute, or
   * until {@link #failed} says when to try again.
   *
   * @param limit how many at most, 1–1000
   */
  List<OutboxEntry> claim(int limit);

  /** These have been handed over. They stay known, so that nothing is told twice. */
  void sent(Collection<OutboxEntry> entries);

  /**
   * These have not been handed over; each is due again after a wait that grows from 1 s to 1 min.
   * One that somebody else has claimed since is theirs, and stays so.
   */
  void failed(Collection<OutboxEntry> entries);

  /** Makes all that waits due at once: the broker is back. */
  void retryNow();

  /** Whether the challenge of a request has been handed over, by whatever node. */
  boolean isSent(String requestId);

  /** How many entries wait. */
  long waiting();

  /** When the oldest of those that wait was put in; empty where none waits. */
  Optional<Instant> waitingSince();
}
