package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.PairingEvent.SessionEnded;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.Together;
import dev.nexo.pairing.testkit.StubDevice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Session lifecycle")
@OnEveryDatabase
class SessionLifecycleTest extends SessionContract {

  private DeviceProof proof(StubDevice device, SessionToken token) {
    return device.proof(sessions().challenge(token).orElseThrow(), token);
  }

  @Test
  @DisplayName("A rotation replaces the token at once and keeps the session")
  void rotates() {
    Redemption.Opened before = redeemed(token());
    clock.move(Duration.ofHours(1));
    Redemption.Opened after = opened(sessions().rotate(before.token(), null));
    assertThat(after.session().sessionId()).isEqualTo(before.session().sessionId());
    assertThat(after.session().expiresAt())
        .isEqualTo(before.session().expiresAt().plusSeconds(3_600));
    assertThat(after.session().issuedAt()).isEqualTo(before.session().issuedAt());
    assertThat(after.session().lastSeenAt()).isEqualTo(clock.instant());
    assertThat(honoured(before)).isFalse();
    assertThat(honoured(after)).isTrue();
    refused(sessions().rotate(before.token(), null));
    assertThat(world.actions()).containsExactly("session_rotated", "session_opened");
    assertThat(world.audit().get(0).subject()).isEqualTo(after.session().sessionId());
    assertThat(world.notices.of(SessionEnded.class)).isEmpty();
  }

  @Test
  @DisplayName("Of concurrent rotations one succeeds")
  void race() throws Exception {
    Redemption.Opened before = redeemed(token());
    List<Redemption> results = Together.run(32, i -> sessions().rotate(before.token(), null));
    assertThat(results.stream().filter(Redemption.Opened.class::isInstance)).hasSize(1);
    assertThat(sessions().live()).isEqualTo(1);
  }

  @Test
  @DisplayName("A proof is ignored if no key is bound to the session")
  void proofNotAskedFor() {
    Redemption.Opened before = redeemed(token());
    DeviceProof nonsense = new StubDevice().proof(sessions().blindChallenge(token()), token());
    opened(sessions().rotate(before.token(), nonsense));
  }

  @Test
  @DisplayName("A session bound to a key rotates with a signed fresh challenge")
  void bound() {
    StubDevice device = new StubDevice();
    Redemption.Opened before = redeemed(token(), device);
    DeviceProof proof = proof(device, before.token());
    Redemption.Opened after = opened(sessions().rotate(before.token(), proof));
    assertThat(honoured(before)).isFalse();
    assertThat(after.session().deviceKey()).isTrue();
    opened(sessions().rotate(after.token(), proof(device, after.token())));
  }

  @Test
  @DisplayName("A session bound to a key does not rotate with anything else")
  void boundRefusals() {
    StubDevice device = new StubDevice();
    BootstrapToken bootstrap = token();
    Redemption.Opened session = redeemed(bootstrap, device);
    SessionToken token = session.token();
    DeviceProof good = proof(device, token);
    refused(sessions().rotate(token, null));
    refused(sessions().rotate(token, proof(new StubDevice(), token)));
    refused(sessions().rotate(token, device.proof(sessions().blindChallenge(bootstrap), token)));
    refused(
        sessions()
            .rotate(token, device.proof(sessions().challenge(token).orElseThrow(), bootstrap)));
    clock.move(Duration.ofSeconds(30));
    refused(sessions().rotate(token, good));
    clock.move(Duration.ofMillis(-1));
    assertThat(honoured(session)).isTrue();
    opened(sessions().rotate(token, good));
  }

  @Test
  @DisplayName("A session is signed out once")
  void signOut() {
    Redemption.Opened session = redeemed(token());
    assertThat(sessions().signOut(session.token())).isTrue();
    assertThat(sessions().signOut(session.token())).isFalse();
    assertThat(honoured(session)).isFalse();
    assertThat(world.notices.of(SessionEnded.class))
        .containsExactly(new SessionEnded(session.session().sessionId(), SessionEnd.SIGNED_OUT));
    AuditEntry line = world.audit().get(0);
    assertThat(line.action()).isEqualTo("signed_out");
    assertThat(line.subject()).isEqualTo(session.session().sessionId());
    assertThat(line.actor()).isEqualTo("companion");
    assertThat(line.detail()).isEqualTo(session.session().sessionId() + " Kitchen");
  }

  @Test
  @DisplayName("A revoked session is invalid, and is revoked only once")
  void revoke() {
    Redemption.Opened session = redeemed(token());
    Redemption.Opened other = redeemed(token("other"));
    String id = session.session().sessionId();
    assertThat(sessions().revoke(id, OPERATOR)).isTrue();
    assertThat(sessions().revoke(id, OPERATOR)).isFalse();
    assertThat(sessions().revoke("unknown", OPERATOR)).isFalse();
    assertThat(honoured(session)).isFalse();
    assertThat(honoured(other)).isTrue();
    assertThat(world.notices.of(SessionEnded.class))
        .containsExactly(new SessionEnded(id, SessionEnd.REVOKED));
    AuditEntry line = world.audit().get(0);
    assertThat(line.action()).isEqualTo("session_revoked");
    assertThat(line.subject()).isEqualTo(id);
    assertThat(line.actor()).isEqualTo("operator");
    assertThat(line.surface()).isEqualTo("console");
  }

  @Test
  @DisplayName("Concurrent ends of a session are recorded once")
  void endedOnce() throws Exception {
    Redemption.Opened session = redeemed(token());
    try (SessionWorld other = open()) {
      List<Boolean> ended =
          Together.run(
              16,
              i ->
                  i % 2 == 0
                      ? sessions().signOut(session.token())
                      : other.sessions().revoke(session.session().sessionId(), OPERATOR));
      assertThat(ended.stream().filter(Boolean::booleanValue)).hasSize(1);
      assertThat(
              world.notices.of(SessionEnded.class).size()
                  + other.notices.of(SessionEnded.class).size())
          .isEqualTo(1);
    }
  }
}
