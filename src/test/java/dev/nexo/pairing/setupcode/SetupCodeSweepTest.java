package dev.nexo.pairing.setupcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.companion.IssuedSetupCode;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Together;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Setup code sweep")
@OnEveryDatabase
class SetupCodeSweepTest extends SetupCodeContract {

  private static void sweep(PairingContainer server) {
    server.get(SetupCodeSweep.class).sweep(server.clock().instant());
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
    clock.move(Duration.ofSeconds(60).plusHours(24).minusMillis(1));
    sweep(server);
    assertThat(state(server, redeemed)).isEqualTo(SetupCodeState.REDEEMED);
    IssuedSetupCode later = start(server, "later");
    redeem(server, later, "s2");
    clock.move(Duration.ofMillis(1));
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
    clock.move(Duration.ofSeconds(60));
    sweep(server);
    assertThat(expired(server)).hasSize(1_001).doesNotHaveDuplicates();
    clock.move(Duration.ofHours(24));
    sweep(server);
    assertThat(rows(server, "pairing_setup_code")).isZero();
  }
}
