package dev.nexo.pairing.ws;

import dev.nexo.pairing.config.PeerNetwork;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A number of places, so many of them for each peer. Thread-safe. */
final class Places {

  private final int perPeer;
  private final int inAll;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  Places(int perPeer, int inAll) {
    this.perPeer = perPeer;
    this.inAll = inAll;
  }

  /** A place that was taken; giving it back twice does no harm. */
  interface Place {

    /** Gives the place back. */
    void leave();
  }

  /**
   * Takes a place.
   *
   * @param address the peer's IP address; all of an IPv6 /64 are one peer
   * @return empty where all places are taken
   */
  synchronized Optional<Place> enter(String address) {
    if (areTaken(address)) {
      return Optional.empty();
    }
    String peer = PeerNetwork.of(address);
    taken.merge(peer, 1, Integer::sum);
    all++;
    AtomicBoolean left = new AtomicBoolean();
    return Optional.of(
        () -> {
          if (left.compareAndSet(false, true)) {
            leave(peer);
          }
        });
  }

  /** Whether there is no place for this address. */
  synchronized boolean areTaken(String address) {
    return all >= inAll || taken.getOrDefault(PeerNetwork.of(address), 0) >= perPeer;
  }

  /** How many peers are remembered. */
  synchronized int peers() {
    return taken.size();
  }

  private synchronized void leave(String peer) {
    taken.computeIfPresent(peer, (key, there) -> there > 1 ? there - 1 : null);
    all--;
  }
}
