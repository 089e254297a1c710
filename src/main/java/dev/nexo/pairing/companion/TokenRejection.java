package dev.nexo.pairing.companion;

import java.util.Locale;

/** Why a bootstrap token is refused. For logs and metrics; a peer is never told which. */
public enum TokenRejection {
  /** It is no token, or its claims are not what a token says. */
  MALFORMED,
  /** No key that counts has signed it. */
  INVALID_SIGNATURE,
  /** Its time is over. */
  EXPIRED;

  /** The fault as it stands in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
