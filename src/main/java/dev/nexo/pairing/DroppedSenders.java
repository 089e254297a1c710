package dev.nexo.pairing;

import java.util.List;

/**
 * The senders whose messages were dropped, so that an operator can find and admit one. Thread-safe.
 *
 * <p>The list is in the database, the same for all servers, and survives restarts. A message causes
 * no write: each server adds up what it drops, and writes the sums every 2 s and when it stops (ADR
 * 27). The size is bounded, with one entry per sender and reason. A flood evicts neither other
 * accounts nor senders who write repeatedly. An entry ends when an operator decides about the
 * sender, or 30 days after the last message.
 */
public interface DroppedSenders {

  /** The maximum number of senders in one call of {@link #decide}. */
  int MAX_DECIDED = 1_000;

  /**
   * Restricts the list.
   *
   * @param accounts the accounts
   * @param reason the reason, or null for all
   */
  record Filter(AccountFilter accounts, DropReason reason) {

    /** All dropped senders. */
    public static final Filter ALL = new Filter(AccountFilter.ALL, null);
  }

  /** A decision about senders. */
  enum Action {
    /** Admits them, until revoked. */
    APPROVE,
    /** Blocks them until unblocked. */
    BLOCK,
    /** Drops their messages for 60 minutes; then they get a code. */
    DENY
  }

  /** What a decision did about one sender. */
  enum Outcome {
    /** The decision is on disk and active. */
    DONE,
    /** The sender was in this state already. */
    UNCHANGED,
    /** Nothing has changed. */
    REJECTED
  }

  /**
   * The result of a decision about one sender.
   *
   * @param sender the sender as given
   * @param outcome what the decision did
   * @param reason why it was rejected: what the channel's adapter says about the id, {@code
   *     blocked}, {@code allow_from} or {@code adapter_unavailable}; null if it was not rejected
   */
  record Result(SenderKey sender, Outcome outcome, String reason) {}

  /**
   * Records a dropped message. The code that drops a message calls this once. Fast, without a call
   * to the database; throws no exceptions.
   *
   * @param sender the sender; ignored if the id is not a valid one ({@link SenderKey#isSender}), or
   *     the channel or account is not
   * @param reason the reason
   * @param text the message text, truncated to {@link MessageContext#MAX_TEXT} characters, or null
   */
  default void dropped(SenderKey sender, DropReason reason, String text) {
    dropped(sender, reason, text, null);
  }

  /**
   * Records a dropped message of a person in a group, because of the person.
   *
   * @param groupId the canonical id of the group, or null
   * @see #dropped(SenderKey, DropReason, String)
   */
  void dropped(SenderKey sender, DropReason reason, String text, String groupId);

  /**
   * Returns the dropped senders, most recent first. Contains all that this server has dropped, and
   * what other servers dropped more than 2 s ago. A page continues after the time and key of the
   * previous page's last entry. A sender who writes again between two pages moves to the top and
   * appears when the list is read again.
   *
   * @throws InvalidValueException if the cursor is not from this list
   * @throws StorageUnavailableException if the database fails
   */
  Page<DroppedSender> page(Filter filter, PageRequest page);

  /**
   * Returns the number of entries.
   *
   * @throws StorageUnavailableException if the database fails
   */
  long count(Filter filter);

  /**
   * Decides about many senders, in one transaction. Ends their entries in this list, also if a
   * sender is in the requested state already.
   *
   * <p>A blocked sender is not approved, and an admitted one is neither denied nor blocked: since
   * the operator read the list, another one may have decided.
   *
   * @param senders up to {@value #MAX_DECIDED} senders with exact ids; they need not be in the list
   * @param by the operator who decides
   * @return the results, in the order of the senders
   * @throws InvalidValueException if there are too many senders
   * @throws StorageUnavailableException if the database fails; nothing has changed then
   */
  List<Result> decide(Action action, List<SenderKey> senders, Actor by);
}
