package dev.nexo.pairing;

import java.time.Instant;

/**
 * An unknown sender that was given a code and waits for the operator.
 *
 * @param requestId names the request without giving its code away; fit for logs and URLs
 * @param sender who waits
 * @param code what they were given
 * @param createdAt when they first wrote, whole seconds
 * @param expiresAt when the code stops working, 60 minutes later
 * @param text what they wrote first, or null
 * @param metaJson what the channel said of them, JSON
 */
public record PendingRequest(
    String requestId,
    SenderKey sender,
    PairingCode code,
    Instant createdAt,
    Instant expiresAt,
    String text,
    String metaJson) {}
