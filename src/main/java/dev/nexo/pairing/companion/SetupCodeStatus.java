package dev.nexo.pairing.companion;

import java.time.Instant;

/**
 * What has become of a setup code; never the code itself.
 *
 * @param setupId its name
 * @param state where it stands
 * @param deviceLabel what the operator called the device, or null
 * @param expiresAt until when it can, or could, be redeemed
 * @param sessionId the session it was redeemed for, or null
 */
public record SetupCodeStatus(
    String setupId,
    SetupCodeState state,
    String deviceLabel,
    Instant expiresAt,
    String sessionId) {}
