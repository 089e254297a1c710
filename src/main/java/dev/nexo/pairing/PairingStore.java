package dev.nexo.pairing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who waits, who is admitted, and who changed what. Thread-safe.
 *
 * <p>Every change is one transaction of its own, with its line in the audit trail, durable when the
 * call returns and in force at once in this server's gate, whatever transaction the caller is in.
 * Every method may throw {@link StorageUnavailableException}; nothing has changed then unless the
 * answer alone was lost.
 */
public interface PairingStore {

  /**
   * The live pending requests, oldest first.
   *
   * @throws InvalidValueException where the cursor is not one of this list's
   */
  Page<PendingRequest> pending(AccountFilter accounts, PageRequest page);

  /** The live pending request with this id; empty if it was decided or has expired. */
  Optional<PendingRequest> pending(String requestId);

  /** How many live pending requests there are, by channel; channels without any are left out. */
  Map<String, Long> pendingByChannel();

  /**
   * Moves a pending request to allow-from, and lifts a denial or block of its sender.
   *
   * @param codeOrRequestId the code as typed, or the request's id
   * @param terms until when, and the operator's note
   * @param notify true: the sender is told, through the outbox
   * @param by who approves
   */
  PendingOutcome approve(String codeOrRequestId, AllowTerms terms, boolean notify, Actor by);

  /**
   * Turns a pending request down. The sender is not challenged again for 60 minutes or, blocked,
   * until unblocked; messages are dropped meanwhile.
   *
   * @param codeOrRequestId the code as typed, or the request's id
   * @param block whether to block the sender
   * @param reason the operator's own words, or null
   * @param by who denies
   */
  PendingOutcome deny(String codeOrRequestId, boolean block, String reason, Actor by);

  /**
   * Rows of allow-from by channel, account and sender.
   *
   * @throws InvalidValueException where the cursor is not one of this list's
   */
  Page<AllowedSender> allowed(AllowFilter filter, PageRequest page);

  /**
   * Changes the terms of a row in allow-from; a revoked row stays revoked.
   *
   * @return the row as it is now, or empty where there is none
   * @throws InvalidValueException where the note is too long
   */
  Optional<AllowedSender> update(SenderKey sender, AllowTermsUpdate change, Actor by);

  /**
   * Puts senders into allow-from and re-activates those that were revoked, in one transaction.
   * Senders that are there already stay as they are. A denial still running is lifted; a blocked
   * sender is rejected.
   *
   * @param account the account they may write to
   * @param senders up to {@value #MAX_SEED} of them, in whatever form the channel has them
   * @param by who seeds
   */
  SeedReport seed(ChannelAccount account, List<SeedEntry> senders, Actor by);

  /** The most senders one call of {@link #seed} takes: fewer than fit into a body of 1 MiB. */
  int MAX_SEED = 100_000;

  /**
   * Takes a sender out of allow-from; the row stays and says when.
   *
   * @param sender the canonical sender and account
   * @return 1, or 0 where there is no row in force
   */
  int revoke(SenderKey sender, Actor by);

  /**
   * Takes a sender out of allow-from on every account of a channel.
   *
   * @return the accounts it was taken out of
   */
  List<SenderKey> revokeOnAllAccounts(String channel, String senderId, Actor by);

  /**
   * The audit trail, newest first.
   *
   * @throws InvalidValueException where the cursor is not one of this list's
   */
  Page<AuditEntry> audit(AuditFilter filter, PageRequest page);

  /**
   * The lines of the audit trail after this one, oldest first. A line becomes visible with the
   * change that it tells of, on every server, and none does later with a smaller id than one that
   * is visible: whoever goes on from the last id misses nothing.
   *
   * @param id of a line, or any number between two; 0 for the beginning
   * @param limit how many at most, 1–1000
   */
  List<AuditEntry> auditAfter(long id, int limit);

  /** The id of the newest line of the audit trail; 0 where there is none. */
  long newestAuditId();

  /**
   * The accounts that have pending requests or rows in allow-from, by channel and account.
   *
   * @param limit how many at most
   */
  List<ChannelAccount> accounts(int limit);

  /**
   * Senders that are blocked for good, by channel, account and sender; who is merely denied is not
   * among them.
   *
   * @throws InvalidValueException where the cursor is not one of this list's
   */
  Page<BlockedSender> blocked(AccountFilter accounts, PageRequest page);

  /**
   * Blocks a sender until unblocked, also one that was never heard of. Takes them out of allow-from
   * and removes their pending request, with all that was still to be told to them; a denial still
   * running becomes a block.
   *
   * @param sender the canonical sender and account
   * @param reason the operator's own words, up to {@value AllowTerms#MAX_NOTE} characters, or null
   * @return 1, or 0 where they were blocked already: that block stays as it is
   * @throws InvalidValueException where the reason is too long
   */
  int block(SenderKey sender, String reason, Actor by);

  /**
   * Ends any refusal of a sender, a denial still running included. They are strangers then: what a
   * block took away does not come back.
   *
   * @param sender the canonical sender and account
   * @return 1, or 0 where they were not refused
   */
  int unblock(SenderKey sender, Actor by);
}
