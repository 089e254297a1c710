package dev.nexo.pairing.internal;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import java.time.Duration;
import java.time.Instant;

/**
 * The requests that an operator decided a few minutes ago, and the senders who are denied.
 * Thread-safe.
 */
public interface DecidedRequests {

  /** How long a decision can be undone; never longer than the request would have been pending. */
  Duration RESTORABLE = Duration.ofMinutes(10);

  /**
   * A denied sender.
   *
   * @param sender the sender
   * @param deniedAt when the sender was denied
   * @param until when the denial ends
   * @param reason the operator's note, or null
   * @param requestId the request that {@link #restore} can restore, or null
   */
  record Denied(
      SenderKey sender, Instant deniedAt, Instant until, String reason, String requestId) {}

  /**
   * Returns the senders whose denial is active, ordered by channel, account and sender.
   *
   * @throws InvalidValueException if the cursor is not from this list
   * @throws StorageUnavailableException if the database fails
   */
  Page<Denied> denied(AccountFilter accounts, PageRequest page);

  /**
   * Undoes the approval, denial or block of a request. The request is pending again, with its code,
   * number, text, held messages and expiry.
   *
   * @return {@link PendingOutcome.Done} if the request is pending again; {@link
   *     PendingOutcome.Expired} if it would have expired; {@link PendingOutcome.Unknown} if the
   *     decision is too old, messages were released by it, or the sender was decided about again
   * @throws StorageUnavailableException if the database fails
   */
  PendingOutcome restore(String requestId, Actor by);
}
