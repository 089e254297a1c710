package dev.nexo.pairing.companion;

import java.time.Instant;

/**
 * The claims of a bootstrap token whose signature was verified. Only the code that verifies
 * signatures creates instances; {@code ArchitectureTest} ensures this.
 *
 * @param profile what the companion may do, for example {@code companion-v1}
 * @param expiresAt when the token expires
 * @param nonce the unique value of the token, 32 hexadecimal digits if this module issued it
 * @param deviceLabel the operator's name for the device, or null
 */
public record VerifiedClaims(String profile, Instant expiresAt, String nonce, String deviceLabel) {

  /** Omits the nonce: anyone who has the nonce and the key can create the token. */
  @Override
  public String toString() {
    return "VerifiedClaims[profile=" + profile + ", expiresAt=" + expiresAt + "]";
  }
}
