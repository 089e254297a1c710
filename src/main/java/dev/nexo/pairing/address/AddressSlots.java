package dev.nexo.pairing.address;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A limited number of slots, and a limited number of them for each address. A peer holds a slot
 * while it costs the server memory or a thread. Thread-safe.
 */
public final class AddressSlots {

  private final int perAddress;
  private final int inAll;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  /**
   * All slots are free.
   *
   * @param perAddress how many slots one address may hold; all of an IPv6 /64 are one address
   * @param inAll how many slots there are
   */
  public AddressSlots(int perAddress, int inAll) {
    this.perAddress = perAddress;
    this.inAll = inAll;
  }

  /** A slot that was taken. Releasing it twice has no further effect. */
  public interface Slot {

    /** Makes the slot free again. */
    void release();
  }

  /**
   * Takes a slot.
   *
   * @param address the peer's IP address
   * @return empty if the address holds its share already, or all slots are taken
   */
  public synchronized Optional<Slot> take(String address) {
    if (isFull(address)) {
      return Optional.empty();
    }
    String peer = PeerNetwork.of(address);
    taken.merge(peer, 1, Integer::sum);
    all++;
    AtomicBoolean released = new AtomicBoolean();
    return Optional.of(
        () -> {
          if (released.compareAndSet(false, true)) {
            release(peer);
          }
        });
  }

  /** Whether there is no slot for this address. */
  public synchronized boolean isFull(String address) {
    return all >= inAll || taken.getOrDefault(PeerNetwork.of(address), 0) >= perAddress;
  }

  /** How many addresses hold slots. */
  public synchronized int addresses() {
    return taken.size();
  }

  private synchronized void release(String peer) {
    taken.computeIfPresent(peer, (key, held) -> held > 1 ? held - 1 : null);
    all--;
  }
}
