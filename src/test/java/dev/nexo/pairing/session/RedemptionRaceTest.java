package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.PairingEvent.RedemptionTried;
import dev.nexo.pairing.PairingEvent.SessionOpened;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.setupcode.SpentNonces;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.Together;
import dev.nexo.pairing.testkit.StubDevice;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("Concurrent redemptions of one token")
@OnEveryDatabase
class RedemptionRaceTest extends SessionContract {

  private static final int THREADS = 64;

  private static long count(List<Redemption> results) {
    return results.stream().filter(Redemption.Opened.class::isInstance).count();
  }

  private static long told(RedemptionResult result, SessionWorld... worlds) {
    return Stream.of(worlds)
        .flatMap(world -> world.notices.of(RedemptionTried.class).stream())
        .filter(tried -> tried.result() == result)
        .count();
  }

  @Test
  @DisplayName("On one server one redemption gets a session")
  void oneServer() throws Exception {
    BootstrapToken token = token();
    List<Redemption> results = Together.run(THREADS, i -> sessions().redeem(token, null));
    assertThat(count(results)).isEqualTo(1);
    assertThat(sessions().live()).isEqualTo(1);
    assertThat(told(RedemptionResult.SPENT, world)).isEqualTo(THREADS - 1);
    assertThat(world.notices.of(SessionOpened.class)).hasSize(1);
  }

  @Test
  @DisplayName("On two servers of one database one redemption gets a session")
  void twoServers() throws Exception {
    try (SessionWorld other = open()) {
      BootstrapToken token = token();
      List<Redemption> results =
          Together.run(THREADS, i -> (i % 2 == 0 ? world : other).sessions().redeem(token, null));
      assertThat(count(results)).isEqualTo(1);
      assertThat(sessions().live()).isEqualTo(1);
      assertThat(told(RedemptionResult.OK, world, other)).isEqualTo(1);
      assertThat(told(RedemptionResult.SPENT, world, other)).isEqualTo(THREADS - 1);
    }
  }

  @Test
  @DisplayName("With one device key all get a token, and the last one is valid")
  void sameDevice() throws Exception {
    BootstrapToken token = token();
    StubDevice device = new StubDevice();
    List<Redemption> results =
        Together.run(
            16,
            i -> {
              DeviceChallenge challenge = sessions().blindChallenge(token);
              return sessions().redeem(token, device.proof(challenge, token));
            });
    assertThat(count(results)).isEqualTo(16);
    assertThat(sessions().live()).isEqualTo(1);
    assertThat(results.stream().filter(result -> honoured((Redemption.Opened) result))).hasSize(1);
    assertThat(told(RedemptionResult.OK, world)).isEqualTo(1);
    assertThat(told(RedemptionResult.REPEATED, world)).isEqualTo(15);
  }

  @Test
  @DisplayName("With the same proof one gets a token")
  void sameProof() throws Exception {
    BootstrapToken token = token();
    var proof = new StubDevice().proof(sessions().blindChallenge(token), token);
    List<Redemption> results = Together.run(16, i -> sessions().redeem(token, proof));
    assertThat(count(results)).isEqualTo(1);
    assertThat(told(RedemptionResult.SPENT, world)).isEqualTo(15);
  }

  @Test
  @DisplayName("With different device keys one gets a session")
  void otherDevices() throws Exception {
    BootstrapToken token = token();
    List<Redemption> results =
        Together.run(
            16,
            i -> {
              DeviceChallenge challenge = sessions().blindChallenge(token);
              return sessions().redeem(token, new StubDevice().proof(challenge, token));
            });
    assertThat(count(results)).isEqualTo(1);
    assertThat(sessions().live()).isEqualTo(1);
  }

  @RepeatedTest(10)
  @DisplayName("Of redemptions and a cancellation one is first")
  void redeemOrCancel() throws Exception {
    BootstrapToken token = token();
    List<Boolean> first =
        Together.run(
            2,
            i ->
                i == 0
                    ? sessions().redeem(token, null) instanceof Redemption.Opened
                    : world
                        .database()
                        .write(
                            tx ->
                                SpentNonces.spend(
                                    tx,
                                    Sha256.hex(NONCE),
                                    null,
                                    clock.instant(),
                                    clock.instant().plus(TOKEN_TTL))));
    assertThat(first).containsExactlyInAnyOrder(true, false);
    assertThat(sessions().live()).isEqualTo(first.get(0) ? 1 : 0);
    assertThat(tried())
        .containsExactly(first.get(0) ? RedemptionResult.OK : RedemptionResult.CANCELLED);
  }
}
