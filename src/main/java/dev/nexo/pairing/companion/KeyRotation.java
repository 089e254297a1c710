package dev.nexo.pairing.companion;

import java.time.Instant;

/**
 * The replacement of the signing key.
 *
 * @param fingerprint the SHA-256 of the new key, 64 hexadecimal digits
 * @param stillValidUntil until when tokens that the old key signed can be redeemed
 */
public record KeyRotation(String fingerprint, Instant stillValidUntil) {}
