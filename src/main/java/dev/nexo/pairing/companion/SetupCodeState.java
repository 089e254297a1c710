package dev.nexo.pairing.companion;

import java.util.Locale;

/** The state of a setup code. */
public enum SetupCodeState {
  /** It can be redeemed. */
  ISSUED,
  /** A companion has redeemed it. */
  REDEEMED,
  /** It expired before anyone redeemed it. */
  EXPIRED,
  /** The operator cancelled it. */
  CANCELLED;

  /** Returns the name in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
