package dev.nexo.pairing;

/**
 * An incoming message as the channel's plugin received it.
 *
 * @param channel the channel
 * @param accountId the account that received it; null for {@code default}, and then the sender is
 *     answered without an account
 * @param senderId the sender in any form that the channel uses; a message with null or only white
 *     space is dropped
 * @param text the message text, or null
 * @param metaJson a JSON object that is stored with a new pending request; of one over 8 KiB, only
 *     the claimed name and the language are stored; null for none
 * @param autoChallenge whether unknown senders are challenged; null for the configured policy
 * @param deliver true: this module sends the challenge through the channel's adapter; false: the
 *     caller sends it
 * @param remote whether the caller is another program, which gets held messages from the answer of
 *     the approval; false: a module of this application, which gets them as {@link
 *     PairingEvent.HeldReleased}
 */
public record InboundMessage(
    String channel,
    String accountId,
    String senderId,
    String text,
    String metaJson,
    Boolean autoChallenge,
    boolean deliver,
    boolean remote) {

  /** Creates a message that a module of this application received. */
  public InboundMessage(
      String channel,
      String accountId,
      String senderId,
      String text,
      String metaJson,
      Boolean autoChallenge,
      boolean deliver) {
    this(channel, accountId, senderId, text, metaJson, autoChallenge, deliver, false);
  }
}
