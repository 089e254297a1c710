package dev.nexo.pairing.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An outcome of a pairing request of which its sender is notified. */
public enum RequesterNotice {
  /** The operator approved the request. */
  APPROVED,
  /** The operator denied the request. A sender who is blocked is not notified. */
  DENIED,
  /** The code expired before the operator decided. */
  EXPIRED;

  /** Returns the notice with this {@link #wireName}; empty if there is none. */
  public static Optional<RequesterNotice> find(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName().equals(wireName)).findFirst();
  }

  /** Returns the name in the configuration and in the outbox, for example {@code approved}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
