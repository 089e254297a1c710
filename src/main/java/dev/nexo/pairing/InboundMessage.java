package dev.nexo.pairing;

/**
 * One message from outside, as a channel hands it in.
 *
 * @param channel where it came from
 * @param accountId which account received it; null for {@code default}
 * @param senderId who wrote, in whatever form the channel has it; null or blank is dropped
 * @param text what they wrote, or null
 * @param metaJson a JSON object to be kept with the request; null for none
 * @param autoChallenge whether strangers are challenged; null: what the configuration says
 * @param deliver true: the challenge is sent through the channel's adapter; false: the caller does
 */
public record InboundMessage(
    String channel,
    String accountId,
    String senderId,
    String text,
    String metaJson,
    Boolean autoChallenge,
    boolean deliver) {}
