package dev.nexo.pairing.address;

import java.util.List;
import java.util.Optional;

/**
 * Which proxies are believed.
 *
 * @param trusted {@code pairing.trusted_proxies}: addresses or CIDR blocks whose {@code Forwarded}
 *     headers are believed; default none
 * @param header {@code pairing.trusted_header}: the one header that those proxies write; empty:
 *     both are read, and have to agree
 */
public record ProxySettings(List<AddressBlock> trusted, Optional<TrustedHeader> header) {}
