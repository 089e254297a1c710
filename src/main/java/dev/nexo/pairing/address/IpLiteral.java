package dev.nexo.pairing.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses IP addresses. This is the only parser of addresses in this module. An IPv4 address is four
 * decimal numbers without leading zeros, because some programs read those as octal (RFC 6943,
 * section 3.1.1). It never queries a name server. Thread-safe.
 */
public final class IpLiteral {

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern V6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:.]{2,45}");

  private IpLiteral() {}

  /**
   * Parses an address without zone, brackets or whitespace.
   *
   * @return the address; a v4-mapped IPv6 address is returned as IPv4; empty if the string is not
   *     an address
   */
  public static Optional<InetAddress> parse(String text) {
    if (!V4.matcher(text).matches() && !isV6(text)) {
      return Optional.empty();
    }
    try {
      // The JDK queries a name server only if there is no colon and it is not four numbers.
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Parses the address of a peer, without the zone at its end. */
  static Optional<InetAddress> parsePeer(String text) {
    int zone = text.indexOf('%');
    return parse(zone < 0 ? text : text.substring(0, zone));
  }

  /** Parses the host of a URL. An IPv6 address may be in brackets. */
  public static Optional<InetAddress> parseHost(String host) {
    if (!host.startsWith("[") || !host.endsWith("]")) {
      return parse(host);
    }
    String bare = host.substring(1, host.length() - 1);
    return bare.indexOf(':') < 0 ? Optional.empty() : parse(bare);
  }

  /** Whether a string is an IPv6 address. An IPv4 address at its end must be valid, too. */
  private static boolean isV6(String text) {
    return V6.matcher(text).matches()
        && (text.indexOf('.') < 0
            || V4.matcher(text.substring(text.lastIndexOf(':') + 1)).matches());
  }
}
