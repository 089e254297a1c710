package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.PairingEvent.SessionEnded;
import dev.nexo.pairing.PairingEvent.SessionOpened;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testkit.StubDevice;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Repeated redemption after a lost answer")
@OnEveryDatabase
class RepetitionTest extends SessionContract {

  private final StubDevice device = new StubDevice();
  private BootstrapToken token;
  private DeviceProof firstProof;
  private Redemption.Opened first;

  @BeforeEach
  void redeemFirst() {
    token = token();
    firstProof = device.proof(sessions().challenge(token).orElseThrow(), token);
    first = opened(sessions().redeem(token, firstProof));
  }

  private DeviceProof fresh(StubDevice by) {
    return by.proof(sessions().blindChallenge(token), token);
  }

  @Test
  @DisplayName("Within 30 s the device gets a new token, and the first is invalid")
  void repeats() {
    clock.move(Duration.ofMillis(29_999));
    DeviceChallenge challenge = sessions().challenge(token).orElseThrow();
    Redemption.Opened second = opened(sessions().redeem(token, device.proof(challenge, token)));
    assertThat(second.session()).isEqualTo(first.session());
    assertThat(second.token()).isNotEqualTo(first.token());
    assertThat(honoured(first)).isFalse();
    assertThat(honoured(second)).isTrue();
    assertThat(tried()).containsExactly(RedemptionResult.OK, RedemptionResult.REPEATED);
    assertThat(world.actions()).containsExactly("session_repeated", "session_opened");
    assertThat(world.notices.of(SessionOpened.class)).hasSize(1);
    assertThat(world.notices.of(SessionEnded.class)).isEmpty();
  }

  @Test
  @DisplayName("Repetition works on another server and any number of times")
  void onAnotherServer() {
    try (SessionWorld other = open()) {
      opened(other.sessions().redeem(token, fresh(device)));
      Redemption.Opened third = opened(sessions().redeem(token, fresh(device)));
      assertThat(other.sessions().find(third.token())).isPresent();
      assertThat(other.sessions().live()).isEqualTo(1);
    }
  }

  /** What is different from a repetition that succeeds. */
  interface Case {
    DeviceProof proof(RepetitionTest test);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "30 s are over",
            (Case)
                test -> {
                  test.clock.move(Duration.ofSeconds(30));
                  return test.fresh(test.device);
                }),
        Arguments.of(
            "the clock was set back before the first time",
            (Case)
                test -> {
                  test.clock.move(Duration.ofMillis(-1));
                  return test.fresh(test.device);
                }),
        Arguments.of("the key is another", (Case) test -> test.fresh(new StubDevice())),
        Arguments.of("there is no key", (Case) test -> null),
        Arguments.of("the challenge is the same again", (Case) test -> test.firstProof),
        Arguments.of(
            "the challenge is stale",
            (Case)
                test -> {
                  test.clock.move(Duration.ofSeconds(-3));
                  DeviceProof proof = test.fresh(test.device);
                  // 27 s after the token was spent, 30 s after the challenge was made.
                  test.clock.move(Duration.ofSeconds(30));
                  return proof;
                }),
        Arguments.of(
            "the challenge is for another token",
            (Case)
                test ->
                    test.device.proof(
                        test.sessions().blindChallenge(test.token("another")), test.token)),
        Arguments.of(
            "the signature is for another token",
            (Case)
                test ->
                    test.device.proof(
                        test.sessions().blindChallenge(test.token), test.token("another"))),
        Arguments.of(
            "the signature is somebody else's",
            (Case)
                test -> {
                  DeviceProof good = test.fresh(test.device);
                  return new DeviceProof(
                      good.key(),
                      good.challenge(),
                      new StubDevice().proof(good.challenge(), test.token).signature());
                }),
        Arguments.of(
            "the session was revoked",
            (Case)
                test -> {
                  test.sessions().revoke(test.first.session().sessionId(), OPERATOR);
                  return test.fresh(test.device);
                }),
        Arguments.of(
            "the device signed out",
            (Case)
                test -> {
                  test.sessions().signOut(test.first.token());
                  return test.fresh(test.device);
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  @DisplayName("A repetition is refused, and nothing changes")
  void refusedWhere(String what, Case given) {
    DeviceProof proof = given.proof(this);
    boolean lived = honoured(first);
    refused(sessions().redeem(token, proof));
    assertThat(honoured(first)).isEqualTo(lived);
    assertThat(tried()).containsExactly(RedemptionResult.OK, RedemptionResult.SPENT);
    assertThat(world.actions()).doesNotContain("session_repeated");
  }

  @Test
  @DisplayName("A repetition is refused if no key is bound to the session")
  void unbound() {
    BootstrapToken other = token("ab");
    Redemption.Opened opened = redeemed(other);
    DeviceChallenge challenge = sessions().blindChallenge(other);
    refused(sessions().redeem(other, device.proof(challenge, other)));
    assertThat(honoured(opened)).isTrue();
  }

  /** Redeemed 5 s before it runs out, as most tokens are that live for 60 s. */
  private Redemption.Opened redeemedLate() {
    token = FakeIssuer.token("cd", clock.instant().plusSeconds(60), null);
    clock.move(Duration.ofSeconds(55));
    return redeemed(token, device);
  }

  @Test
  @DisplayName("The 30 s apply even if the token expires earlier")
  void tokenExpired() {
    Redemption.Opened late = redeemedLate();
    clock.move(Duration.ofMillis(29_999));
    DeviceChallenge challenge = sessions().challenge(token).orElseThrow();
    Redemption.Opened again = opened(sessions().redeem(token, device.proof(challenge, token)));
    assertThat(again.session()).isEqualTo(late.session());
    assertThat(honoured(late)).isFalse();
    assertThat(honoured(again)).isTrue();
    assertThat(tried()).endsWith(RedemptionResult.OK, RedemptionResult.REPEATED);
  }

  @Test
  @DisplayName("After the 30 s an expired token gets nothing")
  void tooLateForAnExpiredToken() {
    Redemption.Opened late = redeemedLate();
    clock.move(Duration.ofSeconds(30));
    assertThat(sessions().challenge(token)).isEmpty();
    refused(sessions().redeem(token, fresh(device)));
    assertThat(honoured(late)).isTrue();
    assertThat(tried()).endsWith(RedemptionResult.OK, RedemptionResult.SPENT);
  }

  static Stream<Arguments> expiredRefusals() {
    return Stream.of(
        Arguments.of("the key is another", (Case) test -> test.fresh(new StubDevice())),
        Arguments.of("there is no key", (Case) test -> null),
        Arguments.of(
            "the signature is for another token",
            (Case)
                test ->
                    test.device.proof(
                        test.sessions().blindChallenge(test.token), test.token("another"))),
        Arguments.of(
            "the session was revoked",
            (Case)
                test -> {
                  test.sessions().revoke(test.listed().get(0).sessionId(), OPERATOR);
                  assertThat(test.sessions().challenge(test.token)).isEmpty();
                  return test.fresh(test.device);
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expiredRefusals")
  @DisplayName("A repetition with an expired token is refused")
  void expiredAndRefusedWhere(String what, Case given) {
    sessions().revoke(first.session().sessionId(), OPERATOR);
    Redemption.Opened late = redeemedLate();
    clock.move(Duration.ofSeconds(5));
    DeviceProof proof = given.proof(this);
    boolean lived = honoured(late);
    long live = sessions().live();
    refused(sessions().redeem(token, proof));
    assertThat(honoured(late)).isEqualTo(lived);
    assertThat(sessions().live()).isEqualTo(live);
    assertThat(tried()).endsWith(RedemptionResult.OK, RedemptionResult.SPENT);
    assertThat(world.actions()).doesNotContain("session_repeated");
  }

  @Test
  @DisplayName("An expired token cannot be redeemed for the first time")
  void neverRedeemed() {
    BootstrapToken brief = FakeIssuer.token("ef", clock.instant().plusSeconds(1), null);
    DeviceChallenge challenge = sessions().challenge(brief).orElseThrow();
    clock.move(Duration.ofSeconds(1));
    assertThat(sessions().challenge(brief)).isEmpty();
    refused(sessions().redeem(brief, device.proof(challenge, brief)));
    assertThat(tried()).containsExactly(RedemptionResult.OK, RedemptionResult.EXPIRED);
    assertThat(sessions().live()).isEqualTo(1);
  }
}
