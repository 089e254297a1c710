package dev.nexo.pairing.companion;

import java.time.Instant;

/**
 * A signing key has been replaced.
 *
 * @param fingerprint of the new one: its SHA-256, 64 hexadecimal digits
 * @param stillValidUntil until when what the old one signed can be redeemed
 */
public record KeyRotation(String fingerprint, Instant stillValidUntil) {}
