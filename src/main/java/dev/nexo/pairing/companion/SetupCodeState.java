package dev.nexo.pairing.companion;

import java.util.Locale;

/** What has become of a setup code. */
public enum SetupCodeState {
  /** It can be redeemed. */
  ISSUED,
  /** A companion has redeemed it. */
  REDEEMED,
  /** Its time ran out. */
  EXPIRED,
  /** The operator took it back. */
  CANCELLED;

  /** The state as it stands in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
