package dev.nexo.pairing.companion;

import java.time.Instant;

/**
 * A companion that is signed in.
 *
 * @param sessionId names the session without giving its token away; fit for logs and URLs
 * @param profile what it may do, like {@code companion-v1}
 * @param deviceLabel what the operator called the device, or null
 * @param issuedAt when it paired
 * @param expiresAt when it has to pair anew
 * @param lastSeenAt when it last used its token, to the minute, or null where it never did
 * @param deviceKey whether it is bound to a key of the device
 */
public record PairingSession(
    String sessionId,
    String profile,
    String deviceLabel,
    Instant issuedAt,
    Instant expiresAt,
    Instant lastSeenAt,
    boolean deviceKey) {}
