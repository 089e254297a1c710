package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.address.AddressSlots;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testing.Together;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Connection limits")
class ConnectionLimitsTest {

  private static final Duration COUNTED = Duration.ofSeconds(ConnectionLimits.CLOSED_SECONDS);

  private final MovableTicker ticker = new MovableTicker();
  private final ConnectionLimits limits = new ConnectionLimits(ticker);

  @Test
  @DisplayName("An address has at most 32 connections in the handshake at once")
  void handshakesPerAddress() throws Exception {
    List<Optional<AddressSlots.Slot>> slots =
        Together.run(64, i -> limits.startHandshake("192.0.2.1"));
    assertThat(slots.stream().filter(Optional::isPresent))
        .hasSize(ConnectionLimits.HANDSHAKES_PER_ADDRESS);
    assertThat(limits.startHandshake("192.0.2.2")).as("another address").isPresent();
  }

  @Test
  @DisplayName("A slot released twice is free once, and its address is forgotten")
  void releasedSlot() {
    List<AddressSlots.Slot> slots = fill("192.0.2.1");
    assertThat(limits.startHandshake("192.0.2.1")).isEmpty();
    slots.get(0).release();
    slots.get(0).release();
    assertThat(limits.startHandshake("192.0.2.1"))
        .isPresent()
        .get()
        .satisfies(AddressSlots.Slot::release);
    slots.forEach(AddressSlots.Slot::release);
    assertThat(limits.addressesInHandshake()).isZero();
  }

  @Test
  @DisplayName("An IPv6 /64 is one address, a mapped IPv4 address is itself")
  void networks() {
    for (int i = 0; i < ConnectionLimits.HANDSHAKES_PER_ADDRESS; i++) {
      assertThat(limits.startHandshake("2001:db8:0:1::" + Integer.toHexString(i))).isPresent();
    }
    assertThat(limits.startHandshake("2001:db8::1:ffff:0:0:1%eth0")).as("the same /64").isEmpty();
    assertThat(limits.startHandshake("2001:db8:0:2::1")).as("the next /64").isPresent();
    fill("192.0.2.1");
    assertThat(limits.startHandshake("::ffff:192.0.2.1")).isEmpty();
  }

  @Test
  @DisplayName("All addresses together have at most 1024 handshakes")
  void handshakesInAll() {
    for (int i = 0; i < ConnectionLimits.HANDSHAKES_IN_ALL; i++) {
      assertThat(limits.startHandshake("10.0." + i / 256 + "." + i % 256)).isPresent();
    }
    assertThat(limits.startHandshake("192.0.2.1")).isEmpty();
  }

  @Test
  @DisplayName("An address with 64 closed connections waits until they are gone")
  void closedPerAddress() {
    for (int i = 0; i < ConnectionLimits.CLOSED_PER_ADDRESS; i++) {
      assertThat(limits.hasTooManyClosed("192.0.2.1")).isFalse();
      limits.countClosed("192.0.2.1");
    }
    assertThat(limits.hasTooManyClosed("192.0.2.1")).isTrue();
    assertThat(limits.hasTooManyClosed("192.0.2.2")).isFalse();
    ticker.move(COUNTED.minusNanos(1));
    assertThat(limits.hasTooManyClosed("192.0.2.1")).isTrue();
    ticker.move(Duration.ofNanos(1));
    assertThat(limits.hasTooManyClosed("192.0.2.1")).isFalse();
  }

  @Test
  @DisplayName("All addresses together have at most 4096 closed connections")
  void closedInAll() {
    for (int i = 0; i < ConnectionLimits.CLOSED_IN_ALL; i++) {
      limits.countClosed("192.0." + i / 250 + "." + i % 250);
    }
    assertThat(limits.hasTooManyClosed("198.51.100.1")).isTrue();
    ticker.move(COUNTED);
    limits.countClosed("198.51.100.1");
    assertThat(limits.hasTooManyClosed("198.51.100.1")).isFalse();
  }

  @Test
  @DisplayName("Each closed connection is counted for its own 40 s")
  void closedOneByOne() {
    for (int i = 0; i < ConnectionLimits.CLOSED_PER_ADDRESS; i++) {
      limits.countClosed("192.0.2.1");
      ticker.move(Duration.ofMillis(100));
    }
    ticker.move(COUNTED.minusMillis(100L * ConnectionLimits.CLOSED_PER_ADDRESS));
    for (int i = 0; i < 10; i++) {
      assertThat(limits.hasTooManyClosed("192.0.2.1")).isFalse();
      limits.countClosed("192.0.2.1");
      assertThat(limits.hasTooManyClosed("192.0.2.1")).isTrue();
      ticker.move(Duration.ofMillis(100));
    }
  }

  private List<AddressSlots.Slot> fill(String address) {
    return IntStream.range(0, ConnectionLimits.HANDSHAKES_PER_ADDRESS)
        .mapToObj(i -> limits.startHandshake(address).orElseThrow())
        .toList();
  }
}
