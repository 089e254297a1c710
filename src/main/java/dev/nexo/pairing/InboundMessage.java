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
 * @param metaJson a JSON object that is stored with a new pending request; null for none
 * @param autoChallenge whether unknown senders are challenged; null for the configured policy
 * @param deliver true: this module sends the challenge through the channel's adapter; false: the
 *     caller sends it
 */
public record InboundMessage(
    String channel,
    String accountId,
    String senderId,
    String text,
    String metaJson,
    Boolean autoChallenge,
    boolean deliver) {}
