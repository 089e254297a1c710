package dev.nexo.pairing.companion;

import java.time.Duration;

/**
 * A request for a setup code. Every value may be null for its default; {@link
 * SetupCodeIssuer#issue} defines the ranges.
 *
 * @param deviceLabel the operator's name for the device
 * @param publicUrl the URL at which companions reach this server (default: from the configuration)
 * @param ttl the lifetime of the code
 * @param profile what the companion may do
 */
public record SetupCodeRequest(
    String deviceLabel, String publicUrl, Duration ttl, String profile) {}
