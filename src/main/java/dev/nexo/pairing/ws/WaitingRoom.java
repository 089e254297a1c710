package dev.nexo.pairing.ws;

import dev.nexo.pairing.config.Component;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts the connections that have not proved anything yet (contract, section 8): at most {@value
 * #PER_ADDRESS} of one address, and {@value #IN_ALL} in all. Thread-safe.
 */
@Component
class WaitingRoom {

  /** How many of one address may wait; all of an IPv6 /64 count as one. */
  static final int PER_ADDRESS = 32;

  /** How many may wait in all, which also bounds the memory they take. */
  static final int IN_ALL = 1_024;

  private static final int NETWORK_BYTES = 8;

  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  /** A place that was taken; giving it back twice does no harm. */
  interface Place {

    /** Gives the place back. */
    void leave();
  }

  /**
   * Takes a place.
   *
   * @param address the peer's IP address
   * @return empty where all places are taken
   */
  synchronized Optional<Place> enter(String address) {
    String peer = network(address);
    int there = taken.getOrDefault(peer, 0);
    if (there >= PER_ADDRESS || all >= IN_ALL) {
      return Optional.empty();
    }
    taken.put(peer, there + 1);
    all++;
    AtomicBoolean left = new AtomicBoolean();
    return Optional.of(
        () -> {
          if (left.compareAndSet(false, true)) {
            leave(peer);
          }
        });
  }

  /** How many addresses are remembered. */
  synchronized int addresses() {
    return taken.size();
  }

  private synchronized void leave(String peer) {
    taken.computeIfPresent(peer, (key, there) -> there > 1 ? there - 1 : null);
    all--;
  }

  /** Whoever has one IPv6 address has a /64 of them. Asks no name server: no name has a colon. */
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    int zone = address.indexOf('%');
    try {
      InetAddress parsed = InetAddress.getByName(zone < 0 ? address : address.substring(0, zone));
      return parsed instanceof Inet6Address
          ? "v6:" + Arrays.toString(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
