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
   * What a server does not claim, because enough of it waits in its queues already.
   *
   * @param kinds kinds of messages outside the channels, at most {@value #MAX_KINDS}; further ones
   *     are ignored
   * @param channels channels, at most {@value #MAX_CHANNELS}; further ones are ignored
   */
  record Busy(Set<String> kinds, Set<String> channels) {

    /** The maximum number of kinds. */
    static final int MAX_KINDS = 4;

    /** The maximum number of channels. */
    static final int MAX_CHANNELS = 16;

    /** Nothing is busy. */
    public static final Busy NOTHING = new Busy(Set.of(), Set.of());
  }

  /**
   * Claims due entries for this server, oldest first. A claim is valid for a minute, or until
   * {@link #failed} sets the time of the next attempt.
   *
   * @param limit the maximum number of entries, 1–1000
   * @param busy what is not claimed
   */
  List<OutboxEntry> claim(int limit, Busy busy);

  /** Claims due entries of all kinds and channels. */
  default List<OutboxEntry> claim(int limit) {
    return claim(limit, Busy.NOTHING);
  }

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
