package dev.nexo.pairing;

import java.util.List;

/**
 * Decides whether a sender may reach the bot ({@code protocol.md#gate}). Thread-safe.
 *
 * <p><b>What comes in:</b> the channel, account and sender of one message, and the policy of the
 * account. Call the gate only for messages that a human wrote, not for receipts or typing
 * notifications.
 *
 * <p><b>What happens:</b> the channel's adapter normalizes the sender id. Then the gate searches
 * for the sender in its cache of admissions and, if necessary, in the database. If the sender is
 * unknown and the policy challenges, the gate creates a pending request with a code that is valid
 * for 60 minutes.
 *
 * <p><b>What goes out:</b> {@link Decision.Admit}, {@link Decision.Challenge} or {@link
 * Decision.Drop}. Only admissions are cached, for at most 30 s. A revocation on this server takes
 * effect immediately, and on every other server within 1 s.
 *
 * <p>An account has 3 slots for pending requests. Example: three strangers write and get a code
 * each. A fourth one is dropped ({@link DropReason#MAX_PENDING}), and nothing is stored. The
 * operator denies one of the three, so the fourth one gets a code with the next message.
 *
 * <p><b>What can go wrong:</b> if the sender id is missing or rejected, or the adapter or the
 * database fails or takes longer than 5 s, the message is dropped. No message of a stranger causes
 * an exception.
 */
public interface PairingGate {

  /**
   * Decides about a message, and creates a pending request if its sender is unknown.
   *
   * @param channel the channel of the message
   * @param accountId the operator's account that received it; null for {@code default}
   * @param senderId the sender in any form that the channel uses; null or white space is a drop
   * @param policy whether unknown senders are challenged on that account
   * @return the decision; only an admission may come from the cache
   * @throws InvalidValueException if channel or account is malformed
   */
  Decision shouldAdmit(String channel, String accountId, String senderId, AdmissionPolicy policy);

  /**
   * Decides about a message whose sender id is in canonical form already.
   *
   * @param sender the canonical sender
   * @param policy whether unknown senders are challenged on that account
   * @param contact what is stored with a new request, and whether its challenge is delivered
   * @return the decision
   */
  Decision decide(SenderKey sender, AdmissionPolicy policy, MessageContext contact);

  /**
   * Predicts the decision about a sender's next message, with its reason. Changes nothing.
   *
   * @param channel the channel
   * @param accountId the account; null for {@code default}
   * @param senderId the sender in any form that the channel uses
   * @return the explanation, according to the account's configured policy
   * @throws InvalidValueException if channel or account is malformed
   * @throws StorageUnavailableException if the database does not answer
   */
  Explanation explain(String channel, String accountId, String senderId);

  /**
   * Predicts the decisions about many senders if the policy were on. Changes nothing.
   *
   * @param account the account that would receive the messages
   * @param senderIds the senders in any form that the channel uses
   * @return each sender in exactly one of three lists, in the given order
   * @throws StorageUnavailableException if the database does not answer
   */
  DryRun dryRun(ChannelAccount account, List<String> senderIds);
}
