package dev.nexo.pairing.address;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits concurrent use by peers, in total and for each address. A peer holds a slot while it
 * occupies memory or a thread of the server. Thread-safe.
 */
public final class AddressSlots {

  private final int perAddress;
  private final int inAll;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  /**
   * Creates the slots, all of them free.
   *
   * @param perAddress how many slots one address may hold; an IPv6 /64 is treated as one address
   * @param inAll the total number of slots
   */
  public AddressSlots(int perAddress, int inAll) {
    this.perAddress = perAddress;
    this.inAll = inAll;
  }

  /** A slot that a peer holds. */
  public interface Slot {

    /** Frees the slot. Further calls have no effect. */
    void release();
  }

  /**
   * Takes a slot for a peer.
   *
   * @param address the peer's IP address
   * @return the slot; empty if the address has reached its limit, or all slots are taken
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

  /** Whether no slot is available for an address. */
  public synchronized boolean isFull(String address) {
    return all >= inAll || taken.getOrDefault(PeerNetwork.of(address), 0) >= perAddress;
  }

  /** The number of addresses that hold slots. */
  public synchronized int addresses() {
    return taken.size();
  }

  private synchronized void release(String peer) {
    taken.computeIfPresent(peer, (key, held) -> held > 1 ? held - 1 : null);
    all--;
  }
}
