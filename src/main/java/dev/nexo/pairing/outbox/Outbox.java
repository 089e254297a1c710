package dev.nexo.pairing.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The messages to senders that wait to be sent, stored in the database. Thread-safe.
 *
 * <p>The transaction that creates a pending request also adds its challenge, and the transaction
 * that approves a request adds the approval message. If a request is decided or expires before its
 * challenge is sent, the challenge is deleted. An approval message that could not be sent within 60
 * minutes, or whose sender was revoked, is deleted too.
 *
 * <p>Every method throws {@link dev.nexo.pairing.StorageUnavailableException} if the database
 * fails.
 */
public interface Outbox {

  /**
   * Claims due entries for this server, oldest first. A claim is valid for a minute, or until
   * {@link #failed} sets the time of the next attempt.
   *
   * @param limit the maximum number of entries, 1–1000
   */
  List<OutboxEntry> claim(int limit);

  /** Marks entries as sent. The rows are kept, so that no message is sent twice. */
  void sent(Collection<OutboxEntry> entries);

  /**
   * Marks entries as failed. Each is due again after a wait that grows from 1 s to 1 min. An entry
   * that another server has claimed since then is not changed.
   */
  void failed(Collection<OutboxEntry> entries);

  /** Makes all waiting entries due now. Called when the broker has a new connection. */
  void retryNow();

  /** Whether any server has sent the challenge of a request. */
  boolean isSent(String requestId);

  /**
   * Returns which of these requests have a challenge that waits to be sent.
   *
   * @param requestIds up to 1000 ids of pairing requests
   */
  Set<String> undelivered(Collection<String> requestIds);

  /** The number of entries that wait to be sent. */
  long waiting();

  /** When the oldest waiting entry was added; empty if none waits. */
  Optional<Instant> waitingSince();
}
