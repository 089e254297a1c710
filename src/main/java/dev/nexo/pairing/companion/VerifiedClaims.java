package dev.nexo.pairing.companion;

import java.time.Instant;

/**
 * What a bootstrap token says, and whose signature was found right. Having one is the proof: only
 * the code that verifies signatures makes them, which a test of the house holds.
 *
 * @param profile what the companion may become, like {@code companion-v1}
 * @param expiresAt until when the token can be redeemed
 * @param nonce what makes the token spent, 32 hexadecimal digits where this module issued it
 * @param deviceLabel what the operator calls the device, or null
 */
public record VerifiedClaims(String profile, Instant expiresAt, String nonce, String deviceLabel) {

  /** Leaves the nonce out: with the key it is the token. */
  @Override
  public String toString() {
    return "VerifiedClaims[profile=" + profile + ", expiresAt=" + expiresAt + "]";
  }
}
