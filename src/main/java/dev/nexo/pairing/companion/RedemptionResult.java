package dev.nexo.pairing.companion;

import java.util.Locale;

/** How an attempt to redeem a bootstrap token went. For logs and metrics, never for the peer. */
public enum RedemptionResult {
  /** A session was opened. */
  OK,
  /** The answer had been lost: the same device got a new token for its session. */
  REPEATED,
  /** It is no token. */
  MALFORMED,
  /** No key that counts has signed it. */
  INVALID_SIGNATURE,
  /** Its time was over, and nothing is known to have become of it before. */
  EXPIRED,
  /**
   * Somebody has redeemed it before: a warning to the operator. Known for at least a day after its
   * expiry, while the key that signed it counts.
   */
  SPENT,
  /** The operator had taken it back; known as long. */
  CANCELLED,
  /** The signature of the device key, or its challenge, is wrong. */
  BAD_PROOF;

  /** The result as it stands in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
