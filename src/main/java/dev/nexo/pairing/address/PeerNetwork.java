package dev.nexo.pairing.address;

import java.net.Inet6Address;
import java.util.Arrays;

/** Names a peer for limits: all addresses of one subscriber have one name. */
public final class PeerNetwork {

  private static final int NETWORK_BYTES = 8;

  private PeerNetwork() {}

  /**
   * An IPv4 address as it is, an IPv6 address as its /64: anyone who has one address of it has all.
   *
   * @param address an IP address, which may follow names with a slash each, as in {@code
   *     page/192.0.2.1}; anything else stays as it is
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
}
