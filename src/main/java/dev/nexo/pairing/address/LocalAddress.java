package dev.nexo.pairing.address;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Recognizes the addresses of this machine and of local networks. Thread-safe. */
public final class LocalAddress {

  private LocalAddress() {}

  /** Returns whether an address is loopback, link-local, RFC 1918 or fc00::/7 of RFC 4193. */
  public static boolean isLocal(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || (address instanceof Inet4Address
            ? address.isSiteLocalAddress()
            : (address.getAddress()[0] & 0xfe) == 0xfc);
  }
}
