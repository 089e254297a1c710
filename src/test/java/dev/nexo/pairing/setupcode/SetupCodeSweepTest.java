package dev.nexo.pairing.setupcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.companion.IssuedSetupCode;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Setup code sweep")
@OnEveryDatabase
class SetupCodeSweepTest extends SetupCodeContract {

  private static void sweep(PairingContainer server) {
    server.get(SetupCodeSweep.class).sweep(server.clock().instant());
  }

  /** Lets time pass on both clocks. */
  private void pass(PairingContainer server, Duration by) {
    clock.move(by);
    server.ticker().move(by);
  }

  @Test
  @DisplayName("One of several servers announces the expiry of an unused code")
  void expiredOnce() throws Exception {
    PairingContainer a = server("a");
    PairingContainer b = server("a");
    List<IssuedSetupCode> left = IntStream.range(0, 30).mapToObj(i -> start(a, "left")).toList();
    redeem(a, start(a, "redeemed"), "s1");
    codes(a).cancel(start(a, "cancelled").setupId(), OPERATOR);
    clock.move(Duration.ofSeconds(59));
    sweep(a);
    assertThat(expired(a)).isEmpty();
    clock.move(Duration.ofSeconds(1));
    Together.run(
        6,
        i -> {
          sweep(i % 2 == 0 ? a : b);
          return null;
        });
    List<String> told = Stream.concat(expired(a).stream(), expired(b).stream()).toList();
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(left.stream().map(IssuedSetupCode::setupId).toList());
    sweep(a);
    assertThat(expired(a).size() + expired(b).size()).isEqualTo(30);
    assertThat(audit(a))
        .as("for those who listen, on whatever server")
        .filteredOn(line -> line.action().equals("setup_expired"))
        .extracting(AuditEntry::subject)
        .containsExactlyInAnyOrderElementsOf(told);
  }

  private static List<String> expired(PairingContainer server) {
    return told(server).stream()
        .filter(status -> status.state() == SetupCodeState.EXPIRED)
        .map(SetupCodeStatus::setupId)
        .toList();
  }

  @Test
  @DisplayName("A day after its expiry a code and its nonce are deleted")
  void forgets() {
    PairingContainer server = server("a");
    IssuedSetupCode redeemed = start(server, "redeemed");
    start(server, "left");
    redeem(server, redeemed, "s1");
    sweep(server);
    pass(server, Duration.ofSeconds(60).plusHours(24).minusMillis(1));
    sweep(server);
    assertThat(state(server, redeemed)).isEqualTo(SetupCodeState.REDEEMED);
    IssuedSetupCode later = start(server, "later");
    redeem(server, later, "s2");
    pass(server, Duration.ofMillis(1));
    sweep(server);
    assertThat(codes(server).find(redeemed.setupId())).isEmpty();
    assertThat(rows(server, "pairing_setup_code")).isEqualTo(1);
    assertThat(rows(server, "pairing_spent_nonce")).isEqualTo(1);
    assertThat(state(server, later)).isEqualTo(SetupCodeState.REDEEMED);
  }

  @Test
  @DisplayName("Any number of codes is announced and deleted")
  void manyCodes() {
    PairingContainer server = server("a");
    for (int i = 0; i < 1_001; i++) {
      start(server, null);
    }
    pass(server, Duration.ofSeconds(60));
    sweep(server);
    assertThat(expired(server)).hasSize(1_001).doesNotHaveDuplicates();
    pass(server, Duration.ofHours(24));
    sweep(server);
    assertThat(rows(server, "pairing_setup_code")).isZero();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "false, P30D, the clock is ahead for a while",
    "true, P30D, it is ahead when the server starts",
    "false, PT25H, it is ahead by little more than a day"
  })
  @DisplayName("A clock that was ahead does not make a redeemed code valid again")
  void clockAhead(boolean restarted, Duration jump, String why) {
    PairingContainer server = server("a");
    IssuedSetupCode redeemed = start(server, "redeemed");
    redeem(server, redeemed, "s1");
    if (!restarted) {
      sweep(server);
    }
    clock.move(jump);
    for (int i = 0; i < 3; i++) {
      pass(server, Duration.ofSeconds(10));
      sweep(server);
    }
    clock.move(jump.negated());
    sweep(server);
    assertThat(state(server, redeemed)).as(why).isEqualTo(SetupCodeState.REDEEMED);
    assertThat(rows(server, "pairing_spent_nonce")).isEqualTo(1);
    for (int i = 0; i < 4; i++) {
      pass(server, Duration.ofHours(24));
      sweep(server);
    }
    assertThat(rows(server, "pairing_spent_nonce")).as("later it is deleted").isZero();
  }

  @Test
  @DisplayName("A clock that was corrected forwards is believed after two days")
  void corrected() {
    MovableTicker ticker = new MovableTicker();
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    ProvenTime proven = new ProvenTime(ticker, start);
    assertThat(proven.at(start.plus(Duration.ofDays(9)))).isEqualTo(start);
    Instant wall = start.plus(Duration.ofDays(9));
    for (int day = 1; day <= 2; day++) {
      ticker.move(ProvenTime.WINDOW);
      wall = wall.plus(ProvenTime.WINDOW);
      assertThat(proven.at(wall)).isEqualTo(day == 1 ? start.plus(ProvenTime.WINDOW) : wall);
    }
    Instant back = wall.minus(Duration.ofDays(1));
    assertThat(proven.at(back)).as("never ahead of the wall clock").isEqualTo(back);
  }
}
