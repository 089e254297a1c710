package dev.nexo.pairing.companion;

import java.util.Locale;

/** Why a bootstrap token is refused, for logs and metrics but never for the companion. */
public enum TokenRejection {
  /** The token or its claims are malformed. */
  MALFORMED,
  /** No valid key signed the token. */
  INVALID_SIGNATURE,
  /** The token has expired. */
  EXPIRED;

  /** Returns the name in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
