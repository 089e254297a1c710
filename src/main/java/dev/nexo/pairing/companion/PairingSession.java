package dev.nexo.pairing.companion;

import java.time.Instant;

/**
 * The session of a paired companion.
 *
 * @param sessionId the id of the session; not secret
 * @param profile what the companion may do, for example {@code companion-v1}
 * @param deviceLabel the operator's name for the device, or null
 * @param issuedAt when the companion paired
 * @param expiresAt when the companion has to pair again
 * @param lastSeenAt when the token was last used, to the minute, or null if never
 * @param deviceKey whether the session is bound to a device key
 */
public record PairingSession(
    String sessionId,
    String profile,
    String deviceLabel,
    Instant issuedAt,
    Instant expiresAt,
    Instant lastSeenAt,
    boolean deviceKey) {}
