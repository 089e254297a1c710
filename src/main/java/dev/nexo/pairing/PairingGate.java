package dev.nexo.pairing;

import java.util.List;

/**
 * Decides who gets in. Safe for use by any number of threads.
 *
 * <p>Never throws for what a stranger can cause: a storage fault, a rejected or a missing sender is
 * a {@link Decision.Drop}. Ask it only about what a human wrote, not about receipts or typing.
 */
public interface PairingGate {

  /**
   * Decides on a message, and makes a pending request where its sender is unknown.
   *
   * @param channel where the message came from
   * @param accountId which of the operator's accounts received it; null for {@code default}
   * @param senderId who wrote, in whatever form the channel has it; null or blank is a drop
   * @param policy whether strangers are challenged on that account
   * @return the decision; only an admission may come from the cache
   * @throws InvalidValueException where channel or account is malformed
   */
  Decision shouldAdmit(String channel, String accountId, String senderId, AdmissionPolicy policy);

  /**
   * The same for a sender that has been through its adapter already.
   *
   * @param sender the canonical sender
   * @param policy whether strangers are challenged on that account
   * @param contact what to keep with a new request, and whether to deliver its challenge
   * @return the decision
   */
  Decision decide(SenderKey sender, AdmissionPolicy policy, MessageContext contact);

  /**
   * What the gate would say to the next message, and why. Changes nothing.
   *
   * @param channel the channel
   * @param accountId the account; null for {@code default}
   * @param senderId the sender, in whatever form the channel has it
   * @return the explanation, judged by the configured policy of the account
   * @throws InvalidValueException where channel or account is malformed
   * @throws StorageUnavailableException where the database does not answer
   */
  Explanation explain(String channel, String accountId, String senderId);

  /**
   * Who of these would be admitted and who challenged if the policy were on. Changes nothing.
   *
   * @param account the account they would write to
   * @param senderIds the senders, in whatever form the channel has them
   * @return every sender in exactly one of three lists, in the order given
   * @throws StorageUnavailableException where the database does not answer
   */
  DryRun dryRun(ChannelAccount account, List<String> senderIds);
}
