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
 * Finds the client address of a request. This is the peer's address, unless the peer is a trusted
 * proxy; then it is the rightmost address in {@code Forwarded} (RFC 7239) or {@code
 * X-Forwarded-For} that is not a trusted proxy. Addresses further left are ignored, because the
 * client may have written them.
 *
 * <p>A proxy appends to one of the two headers and forwards the other one as the client sent it. If
 * both are present and disagree, or if the address that the proxy added is invalid, the client is
 * unknown. Such requests share the name {@code unclear/<proxy>} in limits. So a client that forges
 * headers can lock out other unknown clients only, and never the programs on the proxy's own
 * machine. Thread-safe.
 */
@Component
public final class TrustedProxies {

  /** Longer chains are treated as forged. */
  private static final int MAX_HOPS = 32;

  /** The prefix of the proxy's address if the client is unknown. */
  private static final String UNCLEAR = "unclear/";

  private final ProxySettings.Source settings;

  /** Creates the finder with the configured proxies. */
  @Inject
  public TrustedProxies(ProxySettings.Source settings) {
    this.settings = settings;
  }

  /**
   * Returns the client's name for limits: an IP address, or {@code unclear/} and the proxy's
   * address if the proxy's headers do not identify the client.
   *
   * @param peer the address of the connection's peer
   * @param headers the request's headers by name; only read if the peer is trusted
   */
  public String address(String peer, Function<String, Enumeration<String>> headers) {
    ProxySettings now = settings.current();
    if (!isTrusted(peer, now)) {
      return peer;
    }
    List<List<String>> chains = new ArrayList<>();
    for (TrustedHeader each : TrustedHeader.values()) {
      List<String> hops = ForwardedChain.rightmostFirst(lines(headers, each.addresses()), each);
      if (!hops.isEmpty() && now.header().filter(only -> only != each).isEmpty()) {
        chains.add(hops);
      }
    }
    if (chains.isEmpty()) {
      return peer;
    }
    boolean agree = chains.stream().distinct().count() == 1;
    return agree ? client(chains.get(0), now).orElse(UNCLEAR + peer) : UNCLEAR + peer;
  }

  /** The first hop that is not a trusted proxy, or the last hop if all are; empty if invalid. */
  private static Optional<String> client(List<String> rightmostFirst, ProxySettings settings) {
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
      if (!isTrusted(last, settings)) {
        break;
      }
    }
    return Optional.ofNullable(last);
  }

  /**
   * Whether a trusted proxy says that the request used TLS: {@code proto} in {@code Forwarded} (RFC
   * 7239, section 5.4), or {@code X-Forwarded-Proto}. One hop is enough, even if the client forged
   * it: the result only adds {@code Secure} to a cookie, which a client without TLS then cannot
   * use.
   *
   * @param peer the address of the connection's peer
   * @param headers the request's headers by name; only read if the peer is trusted
   */
  public boolean sayTls(String peer, Function<String, Enumeration<String>> headers) {
    ProxySettings now = settings.current();
    if (!isTrusted(peer, now)) {
      return false;
    }
    return Arrays.stream(TrustedHeader.values())
        .filter(each -> now.header().filter(only -> only != each).isEmpty())
        .anyMatch(each -> ForwardedChain.anyOverTls(lines(headers, each.schemes()), each));
  }

  private static boolean isTrusted(String literal, ProxySettings settings) {
    List<AddressBlock> trusted = settings.trusted();
    return !trusted.isEmpty()
        && IpLiteral.parsePeer(literal)
            .filter(address -> trusted.stream().anyMatch(block -> block.contains(address)))
            .isPresent();
  }

  private static List<String> lines(Function<String, Enumeration<String>> headers, String name) {
    return Collections.list(headers.apply(name));
  }
}
