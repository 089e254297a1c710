package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.BootstrapToken;
import dev.nexo.pairing.Challenge;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingNotice.RedemptionTried;
import dev.nexo.pairing.PairingSession;
import dev.nexo.pairing.PairingSessionStore;
import dev.nexo.pairing.Redemption;
import dev.nexo.pairing.RedemptionResult;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.config.SessionSettings;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of sessions speak in. */
abstract class SessionContract {

  static final Actor OPERATOR = new Actor("operator", Surface.CONSOLE);
  static final PageRequest ALL = new PageRequest(1000, null);
  static final Duration TOKEN_TTL = Duration.ofMinutes(10);
  static final String NONCE = "00112233445566778899aabbccddeeff";

  @TempDir Path directory;
  final MovableClock clock = new MovableClock();
  SessionWorld world;

  @BeforeEach
  void openWorld() {
    world = open();
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  /** One more server of the same database. */
  SessionWorld open() {
    return new SessionWorld(storage(), clock, settings());
  }

  /** The database of this test; PostgreSQL in the subclasses that run the same tests there. */
  StorageSettings storage() {
    return StorageSettings.file(file());
  }

  Path file() {
    return directory.resolve("pairing.db");
  }

  SessionSettings settings() {
    return SessionWorld.ONE_DAY;
  }

  static SessionSettings idleAfter(Duration idle) {
    return new SessionSettings(Duration.ofHours(24), Optional.of(idle));
  }

  PairingSessionStore sessions() {
    return world.sessions();
  }

  BootstrapToken token() {
    return token(NONCE);
  }

  BootstrapToken token(String nonce) {
    return FakeIssuer.token(nonce, clock.instant().plus(TOKEN_TTL), "Kitchen");
  }

  Redemption.Opened redeemed(BootstrapToken token) {
    return opened(sessions().redeem(token, null));
  }

  Redemption.Opened redeemed(BootstrapToken token, Device device) {
    Challenge challenge = sessions().challenge(token).orElseThrow();
    return opened(sessions().redeem(token, device.proof(challenge, token)));
  }

  static Redemption.Opened opened(Redemption redemption) {
    assertThat(redemption).isInstanceOf(Redemption.Opened.class);
    return (Redemption.Opened) redemption;
  }

  static void refused(Redemption redemption) {
    assertThat(redemption).isEqualTo(new Redemption.Refused());
  }

  boolean honoured(Redemption.Opened opened) {
    return sessions().find(opened.token()).isPresent();
  }

  List<PairingSession> listed() {
    return sessions().list(ALL).items();
  }

  List<RedemptionResult> tried() {
    return world.notices.of(RedemptionTried.class).stream().map(RedemptionTried::result).toList();
  }
}
