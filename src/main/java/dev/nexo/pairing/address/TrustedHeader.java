package dev.nexo.pairing.address;

import java.util.Arrays;
import java.util.Optional;

/** Which header a trusted proxy writes the client's address into. */
public enum TrustedHeader {
  /** {@code Forwarded} (RFC 7239), which also says whether the client came over TLS. */
  FORWARDED("Forwarded", "Forwarded"),
  /** {@code X-Forwarded-For}, with {@code X-Forwarded-Proto} beside it. */
  X_FORWARDED_FOR("X-Forwarded-For", "X-Forwarded-Proto");

  private final String addresses;
  private final String schemes;

  TrustedHeader(String addresses, String schemes) {
    this.addresses = addresses;
    this.schemes = schemes;
  }

  /** The header with the addresses. */
  String addresses() {
    return addresses;
  }

  /** The header with the schemes, {@code http} or {@code https}. */
  String schemes() {
    return schemes;
  }

  /** The header of this name, in any case; empty if it is neither of the two. */
  public static Optional<TrustedHeader> parse(String name) {
    return Arrays.stream(values()).filter(h -> h.addresses.equalsIgnoreCase(name)).findFirst();
  }
}
