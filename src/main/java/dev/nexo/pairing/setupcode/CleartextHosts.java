package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.address.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts to which a token may be sent unencrypted: this machine, local networks, and the hosts
 * in the operator's list ({@code protocol.md#gateway-url}). Resolves no host names. Immutable.
 */
final class CleartextHosts {

  private static final String LOCAL = ".local";

  private final Set<String> names = new HashSet<>();
  private final Set<InetAddress> addresses = new HashSet<>();

  /**
   * Creates the set of hosts with the operator's list.
   *
   * @param allowed host names and addresses, in any case, v6 addresses with brackets or without
   */
  CleartextHosts(List<String> allowed) {
    for (String host : allowed) {
      String name = host.strip().toLowerCase(Locale.ROOT);
      Optional<InetAddress> address = IpLiteral.parseHost(name);
      if (address.isPresent()) {
        addresses.add(address.get());
      } else {
        names.add(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
      }
    }
  }

  /**
   * Returns whether a token may be sent to a host unencrypted.
   *
   * @param host a name in lower case without a dot at its end, or an address, v6 in brackets
   */
  boolean allow(String host) {
    return IpLiteral.parseHost(host)
        .map(address -> isNear(address) || addresses.contains(address))
        .orElseGet(
            () ->
                host.equals("localhost")
                    || (host.endsWith(LOCAL) && host.length() > LOCAL.length())
                    || names.contains(host));
  }

  /**
   * Returns whether an address is loopback, RFC 1918 (Java's site-local v4 addresses), RFC 3927, or
   * fe80::/10 of RFC 4291.
   */
  private static boolean isNear(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || (address instanceof Inet4Address && address.isSiteLocalAddress());
  }
}
