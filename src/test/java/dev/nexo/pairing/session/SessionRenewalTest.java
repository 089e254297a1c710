package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionChanges;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.config.SessionSettings;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testkit.MovableClock;
import dev.nexo.pairing.testkit.StubDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions that companions renew by rotating the token or by connecting again. */
@OnEveryDatabase
@DisplayName("Session renewal")
class SessionRenewalTest extends SessionContract {

  private static final Instant START = MovableClock.START;
  private static final Duration DAY = Duration.ofDays(1);

  private Duration ttl = DAY;
  private Duration max = Duration.ofDays(30);

  @Override
  protected SessionSettings settings() {
    return new SessionSettings(ttl, Optional.empty(), max);
  }

  private void reopen(Duration newTtl, Duration newMax) {
    world.close();
    ttl = newTtl;
    max = newMax;
    world = open();
  }

  private Optional<PairingSession> resumed(SessionToken token) {
    return sessions().resume(token, null);
  }

  @ParameterizedTest(name = "{4}")
  @DisplayName("A rotation sets the expiry")
  @CsvSource({
    "PT24H, PT720H, PT10H, PT34H, a lifetime from now",
    "PT24H, PT720H, PT0S, PT24H, not earlier than it was",
    "PT24H, PT30H, PT23H, PT30H, not beyond the maximum",
    "PT24H, PT24H, PT23H, PT24H, a maximum of one lifetime",
    "PT24H, PT0S, PT23H, PT24H, never if the maximum is 0",
    "PT24H, PT12H, PT1H, PT12H, a maximum shorter than the lifetime limits it from the start",
    "PT1S, PT2S, PT0.5S, PT1.5S, a lifetime of one second",
    "PT87600H, PT87600H, PT87599H, PT87600H, ten years"
  })
  void rotation(Duration lifetime, Duration most, Duration after, Duration expiry, String why) {
    reopen(lifetime, most);
    Redemption.Opened first = redeemed(token());
    clock.move(after);
    Redemption.Opened second = opened(sessions().rotate(first.token(), null));
    assertThat(second.session().expiresAt()).isEqualTo(START.plus(expiry));
    assertThat(second.session().sessionId()).isEqualTo(first.session().sessionId());
    assertThat(sessions().find(second.token())).isPresent();
    clock.move(Duration.between(clock.instant(), START.plus(expiry)));
    assertThat(sessions().find(second.token())).isEmpty();
    refused(sessions().rotate(second.token(), null));
  }

  @ParameterizedTest(name = "{4}")
  @DisplayName("Connecting again sets the expiry and keeps the token")
  @CsvSource({
    "PT24H, PT720H, PT10H, PT34H, a lifetime from now",
    "PT24H, PT720H, PT2H, PT24H, less than a tenth later is not recorded",
    "PT24H, PT25H, PT1H, PT25H, unless it is up to the maximum",
    "PT24H, PT30H, PT23H, PT30H, not beyond the maximum",
    "PT24H, PT0S, PT23H, PT24H, never if the maximum is 0"
  })
  void connectAgain(Duration lifetime, Duration most, Duration after, Duration expiry, String why) {
    reopen(lifetime, most);
    Redemption.Opened first = redeemed(token());
    clock.move(after);
    PairingSession session = resumed(first.token()).orElseThrow();
    assertThat(session.expiresAt()).isEqualTo(START.plus(expiry));
    assertThat(sessions().find(first.token()).orElseThrow().expiresAt())
        .isEqualTo(START.plus(expiry));
    assertThat(world.actions().contains("session_renewed"))
        .isEqualTo(expiry.compareTo(lifetime) > 0);
    clock.move(Duration.between(clock.instant(), START.plus(expiry)));
    assertThat(resumed(first.token())).isEmpty();
  }

  @Test
  @DisplayName("A device in use every day keeps its session for 30 days, and no longer")
  void everyDay() {
    SessionToken token = redeemed(token()).token();
    for (int i = 0; i < 31; i++) {
      clock.move(Duration.ofHours(23));
      token = opened(sessions().rotate(token, null)).token();
      assertThat(resumed(token)).as("after " + i).isPresent();
    }
    assertThat(resumed(token).orElseThrow().expiresAt()).isEqualTo(START.plus(Duration.ofDays(30)));
    clock.move(DAY);
    assertThat(resumed(token)).isEmpty();
    refused(sessions().rotate(token, null));
  }

  @Test
  @DisplayName("A longer lifetime than the maximum is never cut by a renewal")
  void shorterMaximum() {
    reopen(Duration.ofDays(365), Duration.ofDays(365));
    Redemption.Opened first = redeemed(token());
    reopen(DAY, Duration.ofDays(30));
    clock.move(Duration.ofDays(60));
    PairingSession session = opened(sessions().rotate(first.token(), null)).session();
    assertThat(session.expiresAt()).isEqualTo(first.session().expiresAt());
  }

  @Test
  @DisplayName("A revoked, ended or expired session cannot be renewed, on any server")
  void ended() {
    Redemption.Opened revoked = redeemed(token());
    Redemption.Opened out = redeemed(token("10112233445566778899aabbccddeeff"));
    Redemption.Opened old = redeemed(token("20112233445566778899aabbccddeeff"));
    try (SessionWorld other = open()) {
      other.sessions().revoke(revoked.session().sessionId(), OPERATOR);
      other.sessions().signOut(out.token());
    }
    clock.move(DAY.minusMillis(1));
    assertThat(resumed(revoked.token())).isEmpty();
    assertThat(resumed(out.token())).isEmpty();
    refused(sessions().rotate(revoked.token(), null));
    clock.move(Duration.ofMillis(1));
    assertThat(resumed(old.token())).isEmpty();
    refused(sessions().rotate(old.token(), null));
    assertThat(resumed(new SessionToken(""))).isEmpty();
    assertThat(resumed(new SessionToken("x".repeat(1_000_000)))).isEmpty();
  }

  @Test
  @DisplayName("A session with a device key connects again only with its signature")
  void deviceKey() {
    StubDevice device = new StubDevice();
    Redemption.Opened opened = redeemed(token(), device);
    clock.move(Duration.ofHours(10));
    SessionToken token = opened.token();
    assertThat(resumed(token)).as("without a signature").isEmpty();
    DeviceChallenge challenge = sessions().blindChallenge(token);
    DeviceProof proof = device.proof(challenge, token);
    assertThat(sessions().resume(token, new StubDevice().proof(challenge, token)))
        .as("another key")
        .isEmpty();
    assertThat(sessions().resume(token, device.proof(challenge, new SessionToken("other"))))
        .as("another token's signature")
        .isEmpty();
    DeviceChallenge foreign = sessions().blindChallenge(new SessionToken("other"));
    assertThat(sessions().resume(token, device.proof(foreign, token)))
        .as("another token's challenge")
        .isEmpty();
    assertThat(sessions().find(token).orElseThrow().expiresAt())
        .as("no attempt has extended it")
        .isEqualTo(START.plus(DAY));
    assertThat(sessions().resume(token, proof).orElseThrow().expiresAt())
        .isEqualTo(START.plus(Duration.ofHours(34)));
    assertThat(sessions().resume(token, proof)).as("the same signature again").isEmpty();
    DeviceProof late = device.proof(sessions().blindChallenge(token), token);
    clock.move(Duration.ofSeconds(DeviceChallenge.LIFETIME_SECONDS));
    assertThat(sessions().resume(token, late)).as("too late").isEmpty();
  }

  @Test
  @DisplayName("A renewal is a change that other servers read")
  void change() {
    Redemption.Opened opened = redeemed(token());
    long position = sessions().changesSince(SessionChanges.NO_POSITION).position();
    assertThat(resumed(opened.token())).isPresent();
    assertThat(sessions().changesSince(position).sessionIds()).isEmpty();
    clock.move(Duration.ofHours(10));
    assertThat(resumed(opened.token())).isPresent();
    assertThat(sessions().changesSince(position).sessionIds())
        .containsExactly(opened.session().sessionId());
  }
}
