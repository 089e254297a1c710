package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.address.AddressSlots;
import dev.nexo.pairing.testing.Together;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandshakeLimitTest {

  private final HandshakeLimit room = new HandshakeLimit();

  @Test
  void thirtyTwoOfOneAddressMayWaitAtOnceHoweverFastTheyCome() throws Exception {
    List<Optional<AddressSlots.Slot>> places = Together.run(64, i -> room.enter("192.0.2.1"));
    assertThat(places.stream().filter(Optional::isPresent)).hasSize(HandshakeLimit.PER_ADDRESS);
    assertThat(room.enter("192.0.2.2")).as("another address").isPresent();
  }

  @Test
  void aPlaceGivenBackIsFreeOnceAndNothingIsRemembered() {
    List<AddressSlots.Slot> places = fill("192.0.2.1", HandshakeLimit.PER_ADDRESS);
    assertThat(room.enter("192.0.2.1")).isEmpty();
    places.get(0).release();
    places.get(0).release();
    assertThat(room.enter("192.0.2.1")).isPresent().get().satisfies(AddressSlots.Slot::release);
    places.forEach(AddressSlots.Slot::release);
    assertThat(room.addresses()).isZero();
  }

  @Test
  void aV6NetworkCountsAsOneAddressAndAMappedV4AddressAsItself() {
    for (int i = 0; i < HandshakeLimit.PER_ADDRESS; i++) {
      assertThat(room.enter("2001:db8:0:1::" + Integer.toHexString(i))).isPresent();
    }
    assertThat(room.enter("2001:db8::1:ffff:0:0:1%eth0")).as("the same /64").isEmpty();
    assertThat(room.enter("2001:db8:0:2::1")).as("the next /64").isPresent();
    fill("192.0.2.1", HandshakeLimit.PER_ADDRESS);
    assertThat(room.enter("::ffff:192.0.2.1")).isEmpty();
  }

  @Test
  void thereIsAnEndToAllOfThem() {
    for (int i = 0; i < HandshakeLimit.IN_ALL; i++) {
      assertThat(room.enter("10.0." + i / 256 + "." + i % 256)).isPresent();
    }
    assertThat(room.enter("192.0.2.1")).isEmpty();
  }

  private List<AddressSlots.Slot> fill(String address, int count) {
    return IntStream.range(0, count).mapToObj(i -> room.enter(address).orElseThrow()).toList();
  }
}
