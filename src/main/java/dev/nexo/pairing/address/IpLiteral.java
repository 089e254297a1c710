package dev.nexo.pairing.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads IP addresses as they are written, the only parser of them in this module. An IPv4 address
 * is four decimal numbers without leading zeros, which some programs read as octal (RFC 6943,
 * section 3.1.1). Never asks a name server. Thread-safe.
 */
public final class IpLiteral {

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern V6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:.]{2,45}");

  private IpLiteral() {}

  /**
   * Reads an address without zone, brackets or white space.
   *
   * @return the address, a v4-mapped IPv6 address as its IPv4 address; empty for any other text
   */
  public static Optional<InetAddress> parse(String text) {
    if (!V4.matcher(text).matches() && !isV6(text)) {
      return Optional.empty();
    }
    try {
      // The JDK asks a name server only for what has no colon and is not four numbers.
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Reads the address of a peer: like {@link #parse}, and a zone at its end is left out. */
  static Optional<InetAddress> parsePeer(String text) {
    int zone = text.indexOf('%');
    return parse(zone < 0 ? text : text.substring(0, zone));
  }

  /** Reads the host of a URL: like {@link #parse}, and an IPv6 address may be in brackets. */
  public static Optional<InetAddress> parseHost(String host) {
    if (!host.startsWith("[") || !host.endsWith("]")) {
      return parse(host);
    }
    String bare = host.substring(1, host.length() - 1);
    return bare.indexOf(':') < 0 ? Optional.empty() : parse(bare);
  }

  /** An IPv6 address may end with an IPv4 address, for which the same rules hold. */
  private static boolean isV6(String text) {
    return V6.matcher(text).matches()
        && (text.indexOf('.') < 0
            || V4.matcher(text.substring(text.lastIndexOf(':') + 1)).matches());
  }
}
