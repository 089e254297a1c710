package dev.nexo.pairing;

import java.time.Instant;

/**
 * The request of an unknown sender who has a code and waits for the operator.
 *
 * @param requestId the id of the request; not secret, so it may appear in logs and URLs
 * @param number a short number by which the operator can name the request, from 1; the database
 *     never uses it again
 * @param sender the sender
 * @param code the code that the sender received
 * @param createdAt when the sender first wrote, in whole seconds
 * @param expiresAt when the code expires, 60 minutes later
 * @param text the text of the first message, or null
 * @param metaJson details about the sender from the channel, a JSON object
 */
public record PendingRequest(
    String requestId,
    long number,
    SenderKey sender,
    PairingCode code,
    Instant createdAt,
    Instant expiresAt,
    String text,
    String metaJson) {}
