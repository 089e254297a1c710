package dev.nexo.pairing.companion;

import java.time.Instant;

/**
 * The status of a setup code, without the code itself.
 *
 * @param setupId the id of the setup code
 * @param state the state
 * @param deviceLabel the operator's name for the device, or null
 * @param expiresAt when the code expires or expired
 * @param sessionId the session for which the code was redeemed, or null
 */
public record SetupCodeStatus(
    String setupId,
    SetupCodeState state,
    String deviceLabel,
    Instant expiresAt,
    String sessionId) {}
