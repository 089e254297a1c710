package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.codec.Base64Url;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.setupcode.SpentNonces;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testkit.MovableClock;
import dev.nexo.pairing.testkit.StubDevice;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Device challenges and proofs")
@OnEveryDatabase
class DeviceProofVerifierTest extends SessionContract {

  @Test
  @DisplayName("A challenge is 32 unique bytes")
  void form() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      String value = sessions().challenge(token()).orElseThrow().value();
      assertThat(Base64.getUrlDecoder().decode(value)).hasSize(32);
      assertThat(value).hasSize(43);
      assertThat(seen.add(value)).isTrue();
    }
  }

  @Test
  @DisplayName("A challenge is issued only for a redeemable or repeatable token")
  void given() {
    assertThat(sessions().challenge(token())).isPresent();
    assertThat(sessions().challenge(new BootstrapToken("x"))).isEmpty();
    assertThat(sessions().challenge(new BootstrapToken("forged~1~2~3"))).isEmpty();
    assertThat(sessions().challenge(FakeIssuer.token("1", MovableClock.START, null))).isEmpty();
    redeemed(token("unbound"));
    assertThat(sessions().challenge(token("unbound"))).isEmpty();
    BootstrapToken bound = token("bound");
    Redemption.Opened session = redeemed(bound, new StubDevice());
    assertThat(sessions().challenge(bound)).isPresent();
    clock.move(Duration.ofSeconds(30));
    assertThat(sessions().challenge(bound)).isEmpty();
    clock.move(Duration.ofSeconds(-30));
    sessions().revoke(session.session().sessionId(), OPERATOR);
    assertThat(sessions().challenge(bound)).isEmpty();
    world
        .database()
        .write(
            tx ->
                SpentNonces.spend(
                    tx, Sha256.hex("taken back"), null, clock.instant(), clock.instant()));
    assertThat(sessions().challenge(token("taken back"))).isEmpty();
  }

  @Test
  @DisplayName("A challenge of one server can be answered on another")
  void onAnotherServer() {
    StubDevice device = new StubDevice();
    DeviceChallenge challenge = sessions().challenge(token()).orElseThrow();
    try (SessionWorld other = open()) {
      opened(other.sessions().redeem(token(), device.proof(challenge, token())));
    }
  }

  @Test
  @DisplayName("A decoy challenge looks and behaves like a real one")
  void blind() {
    assertThat(sessions().blindChallenge(new BootstrapToken("x")).value()).hasSize(43);
    DeviceChallenge challenge = sessions().blindChallenge(token());
    opened(sessions().redeem(token(), new StubDevice().proof(challenge, token())));
  }

  @Test
  @DisplayName("A challenge with any bit changed is invalid")
  void anyBit() {
    StubDevice device = new StubDevice();
    byte[] good =
        Base64.getUrlDecoder().decode(sessions().challenge(token()).orElseThrow().value());
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      DeviceChallenge challenge = new DeviceChallenge(Base64Url.encode(bad));
      refused(sessions().redeem(token(), device.proof(challenge, token())));
    }
    DeviceChallenge challenge = new DeviceChallenge(Base64Url.encode(good));
    opened(sessions().redeem(token(), device.proof(challenge, token())));
  }

  @Test
  @DisplayName("A challenge for a session is issued if a key is bound to it")
  void forSessions() {
    assertThat(sessions().challenge(redeemed(token("1")).token())).isEmpty();
    Redemption.Opened bound = redeemed(token("2"), new StubDevice());
    assertThat(sessions().challenge(bound.token())).isPresent();
    assertThat(sessions().challenge(new SessionToken(bound.token().value() + "A"))).isEmpty();
    assertThat(sessions().challenge(new SessionToken("x".repeat(100_000)))).isEmpty();
    sessions().signOut(bound.token());
    assertThat(sessions().challenge(bound.token())).isEmpty();
  }

  @Test
  @DisplayName("Without a signing key challenges look the same but never verify")
  void withoutKey() {
    try (SessionWorld keyless =
        new SessionWorld(storage(), clock, settings(), new FakeKeys(""), weld -> weld)) {
      PairingSessionStore sessions = keyless.sessions();
      DeviceChallenge challenge = sessions.blindChallenge(token());
      assertThat(Base64.getUrlDecoder().decode(challenge.value())).hasSize(32);
      assertThat(sessions.challenge(new BootstrapToken("x"))).isEmpty();
      refused(sessions.redeem(token(), new StubDevice().proof(challenge, token())));
    }
  }
}
