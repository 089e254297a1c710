package dev.nexo.pairing.address;

import java.util.List;
import java.util.Optional;

/**
 * Settings of trusted proxies.
 *
 * @param trusted {@code pairing.trusted_proxies}: addresses or CIDR blocks whose {@code Forwarded}
 *     headers are trusted (default: none)
 * @param header {@code pairing.trusted_header}: the one header that those proxies write; if empty,
 *     both headers are read and must agree
 */
public record ProxySettings(List<AddressBlock> trusted, Optional<TrustedHeader> header) {

  /** Returns the current settings, which can change while the server runs. Thread-safe. */
  @FunctionalInterface
  public interface Source {

    /** Returns the settings for one request. */
    ProxySettings current();
  }
}
