package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.PairingEvent.SessionOpened;
import dev.nexo.pairing.PairingEvent.SetupCodeChanged;
import dev.nexo.pairing.codec.Base64Url;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.setupcode.SpentNonces;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testkit.MovableClock;
import dev.nexo.pairing.testkit.StubDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Token redeemer")
@OnEveryDatabase
class TokenRedeemerTest extends SessionContract {

  private void cancel(String nonce) {
    world
        .database()
        .write(
            tx ->
                SpentNonces.spend(
                    tx, Sha256.hex(nonce), null, clock.instant(), clock.instant().plus(TOKEN_TTL)));
  }

  @Test
  @DisplayName("A redemption opens a session with the configured lifetime")
  void opens() {
    Redemption.Opened opened = redeemed(token());
    PairingSession session = opened.session();
    assertThat(session)
        .isEqualTo(
            new PairingSession(
                session.sessionId(),
                "companion-v1",
                "Kitchen",
                MovableClock.START,
                MovableClock.START.plus(Duration.ofHours(24)),
                null,
                false));
    assertThat(Base64.getUrlDecoder().decode(opened.token().value())).hasSize(32);
    assertThat(opened.token().value()).hasSize(43);
    assertThat(sessions().find(opened.token())).contains(session);
  }

  @Test
  @DisplayName("A redemption is announced as an event and in the audit trail")
  void told() {
    Instant expiresAt = clock.instant().plus(TOKEN_TTL);
    world
        .database()
        .write(
            tx ->
                tx.run(
                    "INSERT INTO pairing_setup_code (setup_id, nonce_sha256, profile, device_label,"
                        + " issued_at, expires_at) VALUES ('s1', ?, 'companion-v1', 'Shelf', 0, ?)",
                    Sha256.hex(NONCE),
                    expiresAt.toEpochMilli()));
    PairingSession session = redeemed(token()).session();
    assertThat(tried()).containsExactly(RedemptionResult.OK);
    assertThat(world.notices.of(SessionOpened.class)).containsExactly(new SessionOpened(session));
    assertThat(world.notices.of(SetupCodeChanged.class))
        .containsExactly(
            new SetupCodeChanged(
                new SetupCodeStatus(
                    "s1", SetupCodeState.REDEEMED, "Shelf", expiresAt, session.sessionId())));
    AuditEntry line = world.audit().get(0);
    assertThat(line.action()).isEqualTo("session_opened");
    assertThat(line.actor()).isEqualTo(Actor.COMPANION.name());
    assertThat(line.detail()).isEqualTo(session.sessionId() + " Kitchen");
    assertThat(line.subject()).isEqualTo(session.sessionId());
    AuditEntry code = world.audit().get(1);
    assertThat(code.action()).isEqualTo("setup_redeemed");
    assertThat(code.subject()).isEqualTo("s1");
    assertThat(code.detail()).isEqualTo(session.sessionId() + " Shelf");
  }

  @Test
  @DisplayName("A token without a label or issued elsewhere opens a session")
  void issuedElsewhere() {
    PairingSession session =
        redeemed(FakeIssuer.token(NONCE, clock.instant().plusSeconds(1), null)).session();
    assertThat(session.deviceLabel()).isNull();
    assertThat(world.notices.of(SetupCodeChanged.class)).isEmpty();
    assertThat(world.audit()).as("no setup code was redeemed").hasSize(1);
    assertThat(world.audit().get(0).detail()).isEqualTo(session.sessionId());
  }

  @Test
  @DisplayName("A token with a device proof opens a session bound to the key")
  void bound() {
    assertThat(redeemed(token(), new StubDevice()).session().deviceKey()).isTrue();
  }

  static Stream<Arguments> faults() {
    Instant later = MovableClock.START.plusSeconds(1);
    return Stream.of(
        Arguments.of("no token", new BootstrapToken("x"), RedemptionResult.MALFORMED),
        Arguments.of("nothing", new BootstrapToken(""), RedemptionResult.MALFORMED),
        Arguments.of(
            "the nonce of a spent token alone",
            new BootstrapToken("5e"),
            RedemptionResult.MALFORMED),
        Arguments.of(
            "too long", new BootstrapToken("x".repeat(70_000)), RedemptionResult.MALFORMED),
        Arguments.of(
            "signed by another key",
            new BootstrapToken("forged~1~2~3"),
            RedemptionResult.INVALID_SIGNATURE),
        Arguments.of(
            "expired this moment",
            FakeIssuer.token("0f", MovableClock.START, null),
            RedemptionResult.EXPIRED),
        Arguments.of(
            "redeemed before", FakeIssuer.token("5e", later, null), RedemptionResult.SPENT),
        Arguments.of("cancelled", FakeIssuer.token("ca", later, null), RedemptionResult.CANCELLED),
        Arguments.of(
            "redeemed before and expired since",
            FakeIssuer.token("5e", MovableClock.START, null),
            RedemptionResult.SPENT),
        Arguments.of(
            "cancelled and expired since",
            FakeIssuer.token("ca", MovableClock.START, null),
            RedemptionResult.CANCELLED));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("faults")
  @DisplayName("A bad token is refused alike; log and metric have the reason")
  void refusals(String what, BootstrapToken token, RedemptionResult why) {
    redeemed(FakeIssuer.token("5e", clock.instant().plusSeconds(60), null));
    cancel("ca");
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.session")) {
      refused(sessions().redeem(token, null));
      told(log, why.wireName());
      assertThat(log.lines(why.wireName())).isEqualTo(1);
      assertThat(log.text()).doesNotContain("signed~", "forged~", "xxx");
    }
    assertThat(tried()).containsExactly(RedemptionResult.OK, why);
    assertThat(sessions().live()).isEqualTo(1);
  }

  /** The refusal is logged after the caller has its answer. */
  private static void told(LogCapture log, String what) {
    await().atMost(Duration.ofSeconds(10)).until(() -> log.text().contains(what));
  }

  @Test
  @DisplayName("A replay is a warning with the session and an audit line")
  void replayed() {
    PairingSession session = redeemed(token()).session();
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.session")) {
      refused(sessions().redeem(token(), null));
      told(log, "WARNING");
      assertThat(log.text()).contains(session.sessionId() + " Kitchen").doesNotContain(NONCE);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> world.actions().contains("token_replayed"));
    assertThat(world.audit().get(0).detail()).isEqualTo(session.sessionId() + " Kitchen");
  }

  @Test
  @DisplayName("A replay of an expired token is treated alike")
  void replayedLate() {
    BootstrapToken token = token();
    PairingSession session = redeemed(token).session();
    clock.move(TOKEN_TTL.plus(Duration.ofDays(1)).minusMillis(1));
    world.sweep();
    assertThat(sessions().live()).isZero();
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.session")) {
      refused(sessions().redeem(token, null));
      told(log, "WARNING");
      assertThat(log.text()).contains(session.sessionId() + " Kitchen").doesNotContain(NONCE);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> world.actions().contains("token_replayed"));
    assertThat(tried()).containsExactly(RedemptionResult.OK, RedemptionResult.SPENT);
  }

  @Test
  @DisplayName("Line breaks in a label do not forge log lines")
  void labels() {
    BootstrapToken token =
        FakeIssuer.token(NONCE, clock.instant().plusSeconds(9), "a\nWARNING: all is well\u2028b");
    String id = redeemed(token).session().sessionId();
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.session")) {
      refused(sessions().redeem(token, null));
      told(log, "a?WARNING: all is well?b");
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> world.actions().contains("token_replayed"));
    assertThat(world.audit())
        .extracting(AuditEntry::detail)
        .containsExactly(id + " a?WARNING: all is well?b", id + " a?WARNING: all is well?b");
  }

  static Stream<Arguments> badProofs() {
    StubDevice other = new StubDevice();
    return Stream.of(
        Arguments.of("no challenge", (BadProof) (good, device) -> with(good, null, good)),
        Arguments.of(
            "a challenge of no base64url",
            (BadProof) (good, device) -> with(good, new DeviceChallenge("*".repeat(43)), good)),
        Arguments.of(
            "a challenge that nobody made",
            (BadProof)
                (good, device) ->
                    device.proof(new DeviceChallenge(Base64Url.encode(new byte[32])), token0())),
        Arguments.of(
            "a challenge with null in it",
            (BadProof) (good, device) -> with(good, new DeviceChallenge(null), good)),
        Arguments.of(
            "no signature",
            (BadProof) (good, device) -> new DeviceProof(good.key(), good.challenge(), null)),
        Arguments.of(
            "a signature with padding",
            (BadProof)
                (good, device) ->
                    new DeviceProof(good.key(), good.challenge(), good.signature() + "==")),
        Arguments.of(
            "a signature of another key",
            (BadProof)
                (good, device) ->
                    new DeviceProof(
                        good.key(),
                        good.challenge(),
                        other.proof(good.challenge(), token0()).signature())),
        Arguments.of(
            "no key",
            (BadProof) (good, device) -> new DeviceProof(null, good.challenge(), good.signature())),
        Arguments.of(
            "a signature for another token",
            (BadProof)
                (good, device) ->
                    device.proof(good.challenge(), new BootstrapToken("signed~1~2~3"))));
  }

  /** Spoils a proof. */
  interface BadProof {
    DeviceProof of(DeviceProof good, StubDevice device);
  }

  private static DeviceProof with(DeviceProof good, DeviceChallenge challenge, DeviceProof signed) {
    return new DeviceProof(good.key(), challenge, signed.signature());
  }

  private static BootstrapToken token0() {
    return FakeIssuer.token(NONCE, MovableClock.START.plus(TOKEN_TTL), "Kitchen");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badProofs")
  @DisplayName("A bad proof is refused, and the token is not spent")
  void badProof(String what, BadProof bad) {
    StubDevice device = new StubDevice();
    DeviceProof good = device.proof(sessions().challenge(token()).orElseThrow(), token());
    refused(sessions().redeem(token(), bad.of(good, device)));
    assertThat(sessions().live()).isZero();
    opened(sessions().redeem(token(), good));
    assertThat(tried()).isEqualTo(List.of(RedemptionResult.BAD_PROOF, RedemptionResult.OK));
  }

  @Test
  @DisplayName("A challenge is refused from 30 s on")
  void staleChallenge() {
    StubDevice device = new StubDevice();
    DeviceProof proof = device.proof(sessions().challenge(token()).orElseThrow(), token());
    BootstrapToken token = token();
    clock.move(Duration.ofSeconds(30));
    refused(sessions().redeem(token, proof));
    clock.move(Duration.ofMillis(-1));
    opened(sessions().redeem(token, proof));
  }
}
