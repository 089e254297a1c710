package dev.nexo.pairing.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address, or a block of them in CIDR notation; never looks a name up. */
final class AddressBlock {

  /** What {@link InetAddress} reads as a literal; anything else it would ask the DNS for. */
  private static final Pattern V4 =
      Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

  private static final Pattern V6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:.]{2,45}");

  private final byte[] prefix;
  private final int bits;

  private AddressBlock(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /** Reads an address or a block; empty where the text is neither. */
  static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = address.get().getAddress();
    int most = bytes.length * 8;
    String length = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
    if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > most) {
      return Optional.empty();
    }
    return Optional.of(new AddressBlock(bytes, Integer.parseInt(length)));
  }

  /** Reads an IP literal, the v4-mapped form of IPv6 as its IPv4 address. */
  static Optional<InetAddress> address(String literal) {
    int zone = literal.indexOf('%');
    String bare = zone < 0 ? literal : literal.substring(0, zone);
    if (!V4.matcher(bare).matches() && !V6.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether an address lies in this block. */
  boolean contains(InetAddress address) {
    byte[] other = address.getAddress();
    if (other.length != prefix.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((prefix[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
