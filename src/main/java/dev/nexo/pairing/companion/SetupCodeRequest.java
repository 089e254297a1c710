package dev.nexo.pairing.companion;

import java.time.Duration;

/**
 * What an operator asks a setup code for. Null is the default of each; what is allowed, {@link
 * SetupCodeIssuer#issue} says.
 *
 * @param deviceLabel what the operator calls the device
 * @param publicUrl where companions reach this server; default: what the configuration knows
 * @param ttl how long the code can be used
 * @param profile what the companion may become
 */
public record SetupCodeRequest(
    String deviceLabel, String publicUrl, Duration ttl, String profile) {}
