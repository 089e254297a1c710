package dev.nexo.pairing.setupcode;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * To which hosts a token may go unencrypted: this machine, the networks around it, and what the
 * operator has listed (contract, section 7). Names are judged by their spelling and addresses by
 * what they are; nothing is looked up. Immutable.
 */
final class CleartextHosts {

  private static final String LOCAL = ".local";

  /** Without leading zeros, which some read as octal. */
  private static final Pattern V4 =
      Pattern.compile(
          "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");

  private static final Pattern V6 = Pattern.compile("(?=.*:.*:)[0-9a-f:.]{2,45}");

  private final Set<String> names = new HashSet<>();
  private final Set<InetAddress> addresses = new HashSet<>();

  /**
   * Takes the operator's list.
   *
   * @param allowed host names and addresses, in any case, v6 addresses with brackets or without
   */
  CleartextHosts(List<String> allowed) {
    for (String host : allowed) {
      String name = host.strip().toLowerCase(Locale.ROOT);
      Optional<InetAddress> address = address(name);
      if (address.isPresent()) {
        addresses.add(address.get());
      } else {
        names.add(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
      }
    }
  }

  /**
   * Whether a token may go there unencrypted.
   *
   * @param host a name in lower case without a dot at its end, or an address, v6 in brackets
   */
  boolean allow(String host) {
    return address(host)
        .map(address -> isNear(address) || addresses.contains(address))
        .orElseGet(
            () ->
                host.equals("localhost")
                    || (host.endsWith(LOCAL) && host.length() > LOCAL.length())
                    || names.contains(host));
  }

  /** Loopback, RFC 1918 (Java's site-local v4 addresses), RFC 3927, and fe80::/10 of RFC 4291. */
  private static boolean isNear(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || (address instanceof Inet4Address && address.isSiteLocalAddress());
  }

  /**
   * Reads an address, one that is mapped from v4 as the v4 address it is; empty where the text is
   * none. A zone belongs to one machine and is none of a URL's.
   */
  static Optional<InetAddress> address(String host) {
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    String bare = brackets ? host.substring(1, host.length() - 1) : host;
    if (!V4.matcher(bare).matches() && !isV6(bare)) {
      return Optional.empty();
    }
    try {
      // Only what can be an address and no name comes here: Java asks no name server.
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** A v6 address may end with a v4 one, which has its own rules. */
  private static boolean isV6(String text) {
    return V6.matcher(text).matches()
        && (text.indexOf('.') < 0
            || V4.matcher(text.substring(text.lastIndexOf(':') + 1)).matches());
  }
}
