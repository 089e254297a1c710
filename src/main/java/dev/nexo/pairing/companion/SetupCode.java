package dev.nexo.pairing.companion;

import java.time.Instant;

/**
 * The content of the QR code that a companion scans ({@code protocol.md#tokens}).
 *
 * @param url the URL of the WebSocket endpoint
 * @param bootstrapToken the token that the companion redeems there
 * @param expiresAt when the token expires
 */
public record SetupCode(String url, BootstrapToken bootstrapToken, Instant expiresAt) {}
