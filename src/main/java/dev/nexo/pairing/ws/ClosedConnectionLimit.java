package dev.nexo.pairing.ws;

import dev.nexo.pairing.address.AddressSlots;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Counts the connections that this server has closed. Open Liberty then waits for the peer's close
 * frame, some 30 s, and longer where the peer says anything else; meanwhile the connection is there
 * and takes a descriptor. Who has {@value #PER_ADDRESS} of them is not let in again for a while.
 * Thread-safe.
 */
@Component
class ClosedConnectionLimit {

  /** How many of one address may be on their way out; all of an IPv6 /64 count as one. */
  static final int PER_ADDRESS = 64;

  /** How many may be in all. */
  static final int IN_ALL = 4_096;

  /** How long one counts: as long as the container waits for a silent peer, and a little more. */
  static final int SECONDS = 40;

  private final AddressSlots places = new AddressSlots(PER_ADDRESS, IN_ALL);
  private final ScheduledExecutorService background;

  @Inject
  ClosedConnectionLimit(ScheduledExecutorService background) {
    this.background = background;
  }

  /** A connection of this address is being closed. */
  void begin(String address) {
    places.take(address).ifPresent(this::endLater);
  }

  private void endLater(AddressSlots.Slot place) {
    try {
      background.schedule(place::release, SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      // The server stops, and its connections with it.
      place.release();
    }
  }

  /** Whether an address has too many of them. */
  boolean tooMany(String address) {
    return places.isFull(address);
  }
}
