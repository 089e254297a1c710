package dev.nexo.pairing.companion;

import java.util.Locale;

/** The result of redeeming a bootstrap token, for logs and metrics but never for the companion. */
public enum RedemptionResult {
  /** A session was opened. */
  OK,
  /** The response was lost, and the same device received a new token for its session. */
  REPEATED,
  /** The token is malformed. */
  MALFORMED,
  /** No valid key signed the token. */
  INVALID_SIGNATURE,
  /** The token expired, and no earlier use or cancellation is known. */
  EXPIRED,
  /**
   * The token was redeemed before. This is known for at least 24 h after its expiry, while its
   * signing key is valid.
   */
  SPENT,
  /** The operator cancelled the setup code. This is known for as long as {@link #SPENT}. */
  CANCELLED,
  /** The signature of the device key or its challenge is invalid. */
  BAD_PROOF;

  /** Returns the name in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
