package dev.nexo.pairing.ws;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.address.AddressSlots;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many connections to {@code /pair} one address, and all addresses together, may have in
 * two states in which they cost the server something and have proved nothing. All addresses of an
 * IPv6 /64 are one address. Thread-safe.
 *
 * <ul>
 *   <li><b>In the handshake</b> ({@code protocol.md#handshake}): the peer has not presented a valid
 *       token yet. {@value #HANDSHAKES_PER_ADDRESS} per address, {@value #HANDSHAKES_IN_ALL} in
 *       all.
 *   <li><b>Closed by the server</b>: Open Liberty waits about 30 s for the peer's close frame, and
 *       longer if the peer sends anything else; until then the connection takes a file descriptor.
 *       {@value #CLOSED_PER_ADDRESS} per address, {@value #CLOSED_IN_ALL} in all; each is counted
 *       for {@value #CLOSED_SECONDS} s.
 * </ul>
 */
@Component
class ConnectionLimits {

  /** How many connections of one address may be in the handshake. */
  static final int HANDSHAKES_PER_ADDRESS = 32;

  /** How many connections may be in the handshake in all. Also bounds the memory they take. */
  static final int HANDSHAKES_IN_ALL = 1_024;

  /** How many closed connections of one address are counted before new ones are denied. */
  static final int CLOSED_PER_ADDRESS = 64;

  /** How many closed connections are counted in all before new ones are denied. */
  static final int CLOSED_IN_ALL = 4_096;

  /**
   * How many seconds a closed connection is counted. A little more than the container waits for a
   * silent peer.
   */
  static final int CLOSED_SECONDS = 40;

  private static final long COUNTED_NANOS = TimeUnit.SECONDS.toNanos(CLOSED_SECONDS);

  private final AddressSlots handshakes =
      new AddressSlots(HANDSHAKES_PER_ADDRESS, HANDSHAKES_IN_ALL);
  private final AddressSlots closed = new AddressSlots(CLOSED_PER_ADDRESS, CLOSED_IN_ALL);

  /** The slots of closed connections, the oldest first. Guarded by itself. */
  private final Deque<Closed> counted = new ArrayDeque<>();

  private final Ticker ticker;

  /** A connection that was closed at a time of the ticker, in nanoseconds. */
  private record Closed(AddressSlots.Slot slot, long at) {}

  @Inject
  ConnectionLimits(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Counts a new connection as in the handshake until the returned slot is released.
   *
   * @param address the peer's IP address
   * @return empty if the limit is reached
   */
  Optional<AddressSlots.Slot> startHandshake(String address) {
    return handshakes.take(address);
  }

  /** Returns how many addresses have connections in the handshake. */
  int addressesInHandshake() {
    return handshakes.addresses();
  }

  /**
   * Counts a connection that the server closes now, for {@value #CLOSED_SECONDS} s.
   *
   * @param address the peer's IP address
   */
  void countClosed(String address) {
    synchronized (counted) {
      releaseOld();
      closed.take(address).ifPresent(slot -> counted.addLast(new Closed(slot, ticker.read())));
    }
  }

  /**
   * Releases what was counted long enough. No scheduled task does it: the container logs an error
   * for each task that is due after it has stopped the application.
   */
  private void releaseOld() {
    long now = ticker.read();
    while (!counted.isEmpty() && now - counted.getFirst().at() >= COUNTED_NANOS) {
      counted.removeFirst().slot().release();
    }
  }

  /** Returns whether an address has to wait until fewer of its closed connections are counted. */
  boolean hasTooManyClosed(String address) {
    synchronized (counted) {
      releaseOld();
      return closed.isFull(address);
    }
  }
}
