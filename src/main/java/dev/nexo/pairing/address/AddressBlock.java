package dev.nexo.pairing.address;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of IP addresses in CIDR notation, or a single address.
 *
 * @param address any address of the block
 * @param bits the prefix length: 0–32 for IPv4, 0–128 for IPv6
 */
public record AddressBlock(InetAddress address, int bits) {

  private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");

  /** The bits before the IPv4 address in a v4-mapped IPv6 address. */
  private static final int MAPPED_BITS = 96;

  /** Parses an address or a block; empty if the string is neither. */
  public static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> parsed = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
    if (parsed.isEmpty()) {
      return Optional.empty();
    }
    InetAddress address = parsed.get();
    int max = address.getAddress().length * 8;
    if (slash < 0) {
      return Optional.of(new AddressBlock(address, max));
    }
    String written = text.substring(slash + 1);
    if (!BITS.matcher(written).matches()) {
      return Optional.empty();
    }
    boolean mapped = max == 32 && text.indexOf(':') >= 0;
    int bits = Integer.parseInt(written) - (mapped ? MAPPED_BITS : 0);
    return bits < 0 || bits > max ? Optional.empty() : Optional.of(new AddressBlock(address, bits));
  }

  /** Whether an address is in this block. */
  boolean contains(InetAddress other) {
    byte[] own = address.getAddress();
    byte[] theirs = other.getAddress();
    return own.length == theirs.length
        && new BigInteger(1, own)
                .xor(new BigInteger(1, theirs))
                .shiftRight(own.length * 8 - bits)
                .signum()
            == 0;
  }
}
