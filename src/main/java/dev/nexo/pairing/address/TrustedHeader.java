package dev.nexo.pairing.address;

import java.util.Arrays;
import java.util.Optional;

/** The header in which a trusted proxy sends the client's address. */
public enum TrustedHeader {
  /** {@code Forwarded} (RFC 7239), which also contains the client's scheme. */
  FORWARDED("Forwarded", "Forwarded"),
  /** {@code X-Forwarded-For}, used together with {@code X-Forwarded-Proto}. */
  X_FORWARDED_FOR("X-Forwarded-For", "X-Forwarded-Proto");

  private final String addresses;
  private final String schemes;

  TrustedHeader(String addresses, String schemes) {
    this.addresses = addresses;
    this.schemes = schemes;
  }

  /** The name of the header with the addresses. */
  String addresses() {
    return addresses;
  }

  /** The name of the header with the schemes, {@code http} or {@code https}. */
  String schemes() {
    return schemes;
  }

  /** Finds a header by its name, ignoring case; empty if it is neither of the two. */
  public static Optional<TrustedHeader> parse(String name) {
    return Arrays.stream(values()).filter(h -> h.addresses.equalsIgnoreCase(name)).findFirst();
  }
}
