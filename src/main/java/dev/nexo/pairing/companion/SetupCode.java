package dev.nexo.pairing.companion;

import java.time.Instant;

/**
 * What stands in a QR code (contract, section 6).
 *
 * @param url where the companion finds the gateway's WebSocket
 * @param bootstrapToken what it exchanges there
 * @param expiresAt until when it can
 */
public record SetupCode(String url, BootstrapToken bootstrapToken, Instant expiresAt) {}
