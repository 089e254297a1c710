package dev.nexo.pairing.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What counts as one peer where peers are counted. */
public final class PeerNetwork {

  private static final int NETWORK_BYTES = 8;

  private PeerNetwork() {}

  /**
   * An IPv4 address as it is, an IPv6 address as its /64: whoever has one has all of them.
   *
   * @param address an IP literal, perhaps behind words with a slash each, which stay in front;
   *     anything else stays as it is. No name is looked up
   */
  public static String of(String address) {
    int slash = address.lastIndexOf('/') + 1;
    return address.substring(0, slash) + network(address.substring(slash));
  }

  private static String network(String literal) {
    // Without a colon it is no IPv6 literal, and Java would ask a name server about it.
    if (literal.indexOf(':') < 0) {
      return literal;
    }
    int zone = literal.indexOf('%');
    try {
      InetAddress parsed = InetAddress.getByName(zone < 0 ? literal : literal.substring(0, zone));
      return parsed instanceof Inet6Address
          ? "v6:" + Arrays.toString(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return literal;
    }
  }
}
