package dev.nexo.pairing;

import dev.nexo.pairing.PendingRequest.HeldMessages;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pending requests, allow-from, blocked senders and the audit trail. Thread-safe.
 *
 * <p><b>What comes in:</b> an operator's query or change, with the {@link Actor} who makes the
 * change.
 *
 * <p><b>What happens:</b> every change is one transaction of its own with an entry in the audit
 * trail, independent of any transaction of the caller. After the commit a {@link PairingEvent} is
 * fired.
 *
 * <p><b>What goes out:</b> when a call returns, the change is on disk and active in this server's
 * gate; the gates of other servers apply it within 1 s. Long lists are read page by page.
 *
 * <p>Example of the lifetimes: a request of 12:00 can be approved before 13:00. Until 13:00 of the
 * next day its code is {@link PendingOutcome.Expired} (HTTP 410), then {@link
 * PendingOutcome.Unknown} (HTTP 404). A sender who is denied at 12:10 can get a new code from
 * 13:10.
 *
 * <p><b>What can go wrong:</b> every method may throw {@link StorageUnavailableException}. Nothing
 * has changed then, unless the commit succeeded and only its confirmation was lost.
 */
public interface PairingStore {

  /**
   * Returns the live pending requests, oldest first.
   *
   * @throws InvalidValueException if the cursor is not from this list
   */
  Page<PendingRequest> pending(AccountFilter accounts, PageRequest page);

  /**
   * Returns the live pending request with this id or, in the form {@code #12}, this number; empty
   * if it was decided or has expired.
   */
  Optional<PendingRequest> pending(String requestId);

  /**
   * Returns the held messages of a pending request. Those that the approving caller delivers can
   * also be read for 24 hours after the approval, by the request's id.
   *
   * @param codeOrRequestId the code as typed, or the request's id
   * @return empty if there is no such request, or no messages of an approved one
   */
  Optional<HeldMessages> held(String codeOrRequestId);

  /** Returns the number of live pending requests by channel; channels without any are omitted. */
  Map<String, Long> pendingByChannel();

  /**
   * Moves a pending request to allow-from and removes a denial or block of its sender.
   *
   * @param codeOrRequestId the code as typed, or the request's id
   * @param terms the expiry and the operator's note
   * @param notify whether the sender is notified through the outbox; null: as configured for the
   *     account. A group is never notified
   * @param by the operator who approves
   */
  PendingOutcome approve(String codeOrRequestId, AllowTerms terms, Boolean notify, Actor by);

  /**
   * Denies a pending request. The sender's messages are dropped without a challenge for 60 minutes
   * or, if blocked, until unblocked.
   *
   * @param codeOrRequestId the code as typed, or the request's id
   * @param block whether to block the sender
   * @param reason the operator's note, or null
   * @param by the operator who denies
   */
  PendingOutcome deny(String codeOrRequestId, boolean block, String reason, Actor by);

  /**
   * Returns rows of allow-from, ordered by channel, account and sender.
   *
   * @throws InvalidValueException if the cursor is not from this list
   */
  Page<AllowedSender> allowed(AllowFilter filter, PageRequest page);

  /**
   * Returns the senders in allow-from with the role {@link Role#OWNER} whose admission is active,
   * of all accounts, ordered by channel, account and sender; the first {@value #MAX_OWNERS}.
   */
  List<AllowedSender> owners();

  /** The maximum number of senders in {@link #owners}. */
  int MAX_OWNERS = 1_000;

  /**
   * Changes the terms of a row in allow-from. A revoked row stays revoked.
   *
   * @return the changed row, or empty if there is none
   * @throws InvalidValueException if a term is invalid, the expiry is not in the future, or the
   *     idle time would end an active admission at once
   */
  Optional<AllowedSender> update(SenderKey sender, AllowTerms.Update change, Actor by);

  /**
   * Admits many senders in one transaction, including revoked ones. Rows that are active stay
   * unchanged, their terms too. An active denial is removed; a blocked sender is rejected.
   *
   * @param account the account to which they may write
   * @param senders up to {@value #MAX_SEED} senders, in any form that the channel uses
   * @param by the operator who admits them
   */
  SeedReport seed(ChannelAccount account, List<SeedEntry> senders, Actor by);

  /**
   * The maximum number of senders in one call of {@link #seed}; a request body of 1 MiB may contain
   * more.
   */
  int MAX_SEED = 100_000;

  /**
   * Revokes a sender on one account. The row stays in allow-from with the time of the revocation.
   *
   * @param sender the canonical sender and account
   * @return 1, or 0 if there is no row that is not revoked
   */
  int revoke(SenderKey sender, Actor by);

  /**
   * Revokes a sender on every account of a channel.
   *
   * @return the sender with each account on which it was revoked
   */
  List<SenderKey> revokeOnAllAccounts(String channel, String senderId, Actor by);

  /**
   * Returns the audit trail, newest entry first.
   *
   * @throws InvalidValueException if the cursor is not from this list
   */
  Page<AuditEntry> audit(AuditFilter filter, PageRequest page);

  /**
   * Returns the entries of the audit trail after an id, oldest first. An entry becomes visible
   * together with its change, on every server. Entries become visible in the order of their ids, so
   * a caller that continues from the last id misses none.
   *
   * @param id the id of an entry, or any number between two ids; 0 for the beginning
   * @param limit the maximum number of entries, 1–1000
   */
  List<AuditEntry> auditAfter(long id, int limit);

  /** Returns the id of the newest audit entry, or 0 if there is none. */
  long newestAuditId();

  /**
   * Returns the accounts that have pending requests or rows in allow-from, ordered by channel and
   * account.
   *
   * @param limit the maximum number of accounts
   */
  List<ChannelAccount> accounts(int limit);

  /**
   * Returns whether there is a pending request, a row in allow-from or a blocked sender.
   *
   * @param accounts the channel, which is required, and the account, or null for any account
   */
  boolean hasRows(AccountFilter accounts);

  /**
   * Returns the senders that are blocked until unblocked, ordered by channel, account and sender.
   * Denied senders are omitted.
   *
   * @throws InvalidValueException if the cursor is not from this list
   */
  Page<BlockedSender> blocked(AccountFilter accounts, PageRequest page);

  /**
   * Moves the approval, the pending request and the block of a group that has another id now. What
   * the operator has decided about the new id stays.
   *
   * @param from the group under its old id
   * @param to the group under its new id, of the same account
   * @return whether there was anything to move
   * @throws StorageUnavailableException if the database does not answer
   */
  boolean moveGroup(SenderKey from, SenderKey to);

  /**
   * Blocks a sender, known or unknown, until unblocked. Revokes the sender and deletes the pending
   * request and every unsent message to the sender. An active denial becomes a block.
   *
   * @param sender the canonical sender and account
   * @param reason the operator's note, up to {@value AllowTerms#MAX_NOTE} characters, or null
   * @return 1, or 0 if the sender is blocked already; that block stays unchanged
   * @throws InvalidValueException if the reason is too long
   */
  int block(SenderKey sender, String reason, Actor by);

  /**
   * Removes a sender's block or active denial. The sender is unknown afterwards: an admission that
   * the block revoked is not restored.
   *
   * @param sender the canonical sender and account
   * @return 1, or 0 if the sender was neither blocked nor denied
   */
  int unblock(SenderKey sender, Actor by);
}
