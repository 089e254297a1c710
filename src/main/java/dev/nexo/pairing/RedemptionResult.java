package dev.nexo.pairing;

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
  /** Its time was over. */
  EXPIRED,
  /** Somebody has redeemed it before: a warning to the operator. */
  SPENT,
  /** The operator had taken it back. */
  CANCELLED,
  /** The signature of the device key, or its challenge, is wrong. */
  BAD_PROOF;

  /** The result as it stands in metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
