package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent.RedemptionTried;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.config.SessionSettings;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.TestDatabase;
import dev.nexo.pairing.testkit.MovableClock;
import dev.nexo.pairing.testkit.StubDevice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Fixture and vocabulary of the session tests. */
abstract class SessionContract {

  protected static final Actor OPERATOR = new Actor("operator", Surface.CONSOLE);
  protected static final PageRequest ALL = new PageRequest(1000, null);
  protected static final Duration TOKEN_TTL = Duration.ofMinutes(10);
  protected static final String NONCE = "00112233445566778899aabbccddeeff";

  @TempDir protected Path directory;
  @Parameter protected TestDatabase database = TestDatabase.SQLITE;
  private StorageSettings storage;
  protected final MovableClock clock = new MovableClock();
  protected SessionWorld world;

  @BeforeEach
  protected void openWorld() {
    world = open();
  }

  @AfterEach
  protected void closeWorld() {
    world.close();
  }

  /** One more server of the same database. */
  protected SessionWorld open() {
    return new SessionWorld(storage(), clock, settings());
  }

  /** The database of this test, the same at every call. */
  protected StorageSettings storage() {
    if (storage == null) {
      storage = database.create(file());
    }
    return storage;
  }

  protected Path file() {
    return directory.resolve("pairing.db");
  }

  protected SessionSettings settings() {
    return SessionWorld.ONE_DAY;
  }

  protected static SessionSettings idleAfter(Duration idle) {
    return new SessionSettings(Duration.ofHours(24), Optional.of(idle), Duration.ofDays(30));
  }

  protected PairingSessionStore sessions() {
    return world.sessions();
  }

  protected BootstrapToken token() {
    return token(NONCE);
  }

  protected BootstrapToken token(String nonce) {
    return FakeIssuer.token(nonce, clock.instant().plus(TOKEN_TTL), "Kitchen");
  }

  protected Redemption.Opened redeemed(BootstrapToken token) {
    return opened(sessions().redeem(token, null));
  }

  protected Redemption.Opened redeemed(BootstrapToken token, StubDevice device) {
    DeviceChallenge challenge = sessions().challenge(token).orElseThrow();
    return opened(sessions().redeem(token, device.proof(challenge, token)));
  }

  protected static Redemption.Opened opened(Redemption redemption) {
    assertThat(redemption).isInstanceOf(Redemption.Opened.class);
    return (Redemption.Opened) redemption;
  }

  protected static void refused(Redemption redemption) {
    assertThat(redemption).isEqualTo(new Redemption.Refused());
  }

  protected boolean honoured(Redemption.Opened opened) {
    return sessions().find(opened.token()).isPresent();
  }

  protected List<PairingSession> listed() {
    return sessions().list(ALL).items();
  }

  protected List<RedemptionResult> tried() {
    return world.notices.of(RedemptionTried.class).stream().map(RedemptionTried::result).toList();
  }
}
