package dev.nexo.pairing.config;

import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the address a request really comes from: the peer's own, unless the peer is a trusted
 * proxy; then the rightmost one in {@code Forwarded} (RFC 7239), else {@code X-Forwarded-For}, that
 * is no trusted proxy itself. What a client wrote further left is never believed. Thread-safe.
 */
@Component
public final class TrustedProxies {

  /** More hops than this are no chain of proxies but somebody wasting our time. */
  private static final int MAX_HOPS = 32;

  private final List<AddressBlock> trusted;

  /**
   * Trusts the proxies of the configuration.
   *
   * @throws IllegalStateException where an entry is neither an address nor a CIDR block
   */
  @Inject
  public TrustedProxies(SecuritySettings settings) {
    this.trusted =
        settings.trustedProxies().stream()
            .map(
                text ->
                    AddressBlock.parse(text)
                        .orElseThrow(
                            () ->
                                new IllegalStateException(
                                    "pairing.trusted_proxies: \""
                                        + text
                                        + "\" must be an IP address or a block like"
                                        + " 10.0.0.0/8")))
            .toList();
  }

  /**
   * The address to count attempts by, an IP literal.
   *
   * @param peer the address the request came from
   * @param headers the request's headers by name; only looked at where the peer is trusted
   */
  public String address(String peer, Function<String, Enumeration<String>> headers) {
    if (trusted.isEmpty() || !isTrusted(peer)) {
      return peer;
    }
    List<String> hops = ForwardedHops.rightmostFirst(lines(headers, "Forwarded"), true);
    List<String> older = ForwardedHops.rightmostFirst(lines(headers, "X-Forwarded-For"), false);
    if (!hops.isEmpty() && !older.isEmpty() && !hops.equals(older)) {
      // Proxies write one of them and pass the other on as the client made it up: which is which?
      return peer;
    }
    hops = hops.isEmpty() ? older : hops;
    String last = peer;
    for (String hop : hops.subList(0, Math.min(hops.size(), MAX_HOPS))) {
      Optional<InetAddress> address = AddressBlock.address(hop);
      if (address.isEmpty()) {
        return last;
      }
      last = address.get().getHostAddress();
      if (!isTrusted(last)) {
        return last;
      }
    }
    return last;
  }

  /**
   * Whether a trusted proxy says that the request came over TLS: {@code proto} in {@code Forwarded}
   * (RFC 7239, section 5.4), or {@code X-Forwarded-Proto}. Any hop will do, and also one that the
   * client made up: what is said to have come over TLS gets a cookie for TLS alone, and whoever
   * lies is the one who cannot use it.
   *
   * @param peer the address the request came from
   * @param headers the request's headers by name; only looked at where the peer is trusted
   */
  public boolean sayTls(String peer, Function<String, Enumeration<String>> headers) {
    return !trusted.isEmpty()
        && isTrusted(peer)
        && (ForwardedHops.anyOverTls(lines(headers, "Forwarded"), true)
            || ForwardedHops.anyOverTls(lines(headers, "X-Forwarded-Proto"), false));
  }

  private boolean isTrusted(String literal) {
    return AddressBlock.address(literal)
        .filter(address -> trusted.stream().anyMatch(block -> block.contains(address)))
        .isPresent();
  }

  private static List<String> lines(Function<String, Enumeration<String>> headers, String name) {
    return new ArrayList<>(Collections.list(headers.apply(name)));
  }
}
