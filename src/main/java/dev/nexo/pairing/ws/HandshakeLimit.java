package dev.nexo.pairing.ws;

import dev.nexo.pairing.address.AddressSlots;
import dev.nexo.pairing.platform.Component;
import java.util.Optional;

/**
 * Counts the connections that have not proved anything yet (contract, section 8): at most {@value
 * #PER_ADDRESS} of one address, and {@value #IN_ALL} in all. Thread-safe.
 */
@Component
class HandshakeLimit {

  /** How many of one address may wait; all of an IPv6 /64 count as one. */
  static final int PER_ADDRESS = 32;

  /** How many may wait in all, which also bounds the memory they take. */
  static final int IN_ALL = 1_024;

  private final AddressSlots places = new AddressSlots(PER_ADDRESS, IN_ALL);

  /**
   * Takes a place.
   *
   * @param address the peer's IP address
   * @return empty where all places are taken
   */
  Optional<AddressSlots.Slot> enter(String address) {
    return places.take(address);
  }

  /** How many addresses are remembered. */
  int addresses() {
    return places.addresses();
  }
}
