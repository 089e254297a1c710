package dev.nexo.pairing.address;

import java.net.Inet6Address;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Maps a peer's address to the name that limits use: one name for each IPv4 address or IPv6 /64.
 */
public final class PeerNetwork {

  private static final int NETWORK_BYTES = 8;

  /** An address in brackets or with a port, or an IPv6 address with the length of its network. */
  private static final Pattern COPIED =
      Pattern.compile(
          "\\[(?<inside>[^\\[\\]]+)](:\\d{1,5})?|(?<v4>[\\d.]+)(:\\d{1,5}|/32)|(?<v6>[^/]*:[^/]*)/64");

  private PeerNetwork() {}

  /**
   * Returns the name that limits use for a peer. An IPv4 address is unchanged. An IPv6 address
   * becomes its /64, because a subscriber usually has a whole /64.
   *
   * @param address an IP address, optionally with prefixes as in {@code page/192.0.2.1}; any other
   *     string is returned unchanged
   */
  public static String of(String address) {
    int slash = address.lastIndexOf('/') + 1;
    return address.substring(0, slash) + network(address.substring(slash));
  }

  private static String network(String literal) {
    if (literal.indexOf(':') < 0) {
      return literal;
    }
    return IpLiteral.parsePeer(literal)
        .map(
            parsed ->
                parsed instanceof Inet6Address
                    ? "v6:" + Arrays.toString(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress())
        .orElse(literal);
  }

  /**
   * Returns the address in what an operator copied, such as {@code [2001:db8::1]:443}, {@code
   * 192.0.2.1:53122} or {@code 2001:db8::/64}; any other string is returned unchanged.
   */
  public static String typed(String text) {
    Matcher matcher = COPIED.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    String address =
        Stream.of("inside", "v4", "v6")
            .map(matcher::group)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    return IpLiteral.parsePeer(address).isPresent() ? address : text;
  }

  /** Returns the name of a network as operators write it, such as {@code 2001:db8::/64}. */
  public static String shown(String network) {
    int prefix = network.indexOf("v6:[");
    if (prefix < 0) {
      return network;
    }
    StringBuilder groups = new StringBuilder(network.substring(0, prefix));
    String[] bytes = network.substring(prefix + 4, network.length() - 1).split(", ");
    for (int i = 0; i < bytes.length; i += 2) {
      int group = (Integer.parseInt(bytes[i]) & 0xff) << 8 | Integer.parseInt(bytes[i + 1]) & 0xff;
      groups.append(Integer.toHexString(group)).append(':');
    }
    return groups.append(":/64").toString();
  }
}
