package dev.nexo.pairing.address;

import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the address that a request really comes from: the peer's own, unless the peer is a trusted
 * proxy; then the rightmost address in {@code Forwarded} (RFC 7239) or {@code X-Forwarded-For} that
 * is not a trusted proxy itself. Addresses further left are never believed, because the client may
 * have written them.
 *
 * <p>A proxy adds to one of the two headers and passes the other one on as the client sent it. So
 * if both are there and disagree, or if the address that the proxy added cannot be read, nobody
 * knows who called. Such requests are counted under a name of their own, {@code unclear/<proxy>}: a
 * stranger who sends them locks out nobody but the likes of them, and never the programs on the
 * proxy's own machine. Thread-safe.
 */
@Component
public final class TrustedProxies {

  /** More hops than this are no chain of proxies but somebody wasting our time. */
  private static final int MAX_HOPS = 32;

  /** In front of the proxy's address when nobody knows who is behind it. */
  private static final String UNCLEAR = "unclear/";

  private final List<AddressBlock> trusted;
  private final Optional<TrustedHeader> header;

  /** Trusts the proxies of the configuration. */
  @Inject
  public TrustedProxies(ProxySettings settings) {
    this.trusted = settings.trusted();
    this.header = settings.header();
  }

  /**
   * The name to count attempts by: an IP literal, or {@code unclear/} and the proxy's address if
   * the proxy's headers do not tell who called.
   *
   * @param peer the address the request came from
   * @param headers the request's headers by name; only read if the peer is trusted
   */
  public String address(String peer, Function<String, Enumeration<String>> headers) {
    if (trusted.isEmpty() || !isTrusted(peer)) {
      return peer;
    }
    List<List<String>> chains = new ArrayList<>();
    for (TrustedHeader each : TrustedHeader.values()) {
      List<String> hops = ForwardedChain.rightmostFirst(lines(headers, each.addresses()), each);
      if (!hops.isEmpty() && header.filter(only -> only != each).isEmpty()) {
        chains.add(hops);
      }
    }
    if (chains.isEmpty()) {
      return peer;
    }
    boolean agree = chains.stream().distinct().count() == 1;
    return agree ? client(chains.get(0)).orElse(UNCLEAR + peer) : UNCLEAR + peer;
  }

  /** The first hop that is not a trusted proxy, or the last one if all are; empty if unclear. */
  private Optional<String> client(List<String> rightmostFirst) {
    if (rightmostFirst.size() > MAX_HOPS) {
      return Optional.empty();
    }
    String last = null;
    for (String hop : rightmostFirst) {
      Optional<InetAddress> address = IpLiteral.parsePeer(hop);
      if (address.isEmpty()) {
        return Optional.empty();
      }
      last = address.get().getHostAddress();
      if (!isTrusted(last)) {
        break;
      }
    }
    return Optional.ofNullable(last);
  }

  /**
   * Whether a trusted proxy says that the request came over TLS: {@code proto} in {@code Forwarded}
   * (RFC 7239, section 5.4), or {@code X-Forwarded-Proto}. Any hop will do, and also one that the
   * client made up: what is said to have come over TLS gets a cookie for TLS alone, and whoever
   * lies is the one who cannot use it.
   *
   * @param peer the address the request came from
   * @param headers the request's headers by name; only read if the peer is trusted
   */
  public boolean sayTls(String peer, Function<String, Enumeration<String>> headers) {
    if (trusted.isEmpty() || !isTrusted(peer)) {
      return false;
    }
    return Arrays.stream(TrustedHeader.values())
        .filter(each -> header.filter(only -> only != each).isEmpty())
        .anyMatch(each -> ForwardedChain.anyOverTls(lines(headers, each.schemes()), each));
  }

  private boolean isTrusted(String literal) {
    return IpLiteral.parsePeer(literal)
        .filter(address -> trusted.stream().anyMatch(block -> block.contains(address)))
        .isPresent();
  }

  private static List<String> lines(Function<String, Enumeration<String>> headers, String name) {
    return Collections.list(headers.apply(name));
  }
}
