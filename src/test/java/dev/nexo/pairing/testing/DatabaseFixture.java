package dev.nexo.pairing.testing;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testkit.PairingFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The module's own gate, store and sessions on a database, for the contracts of the test kit. */
public class DatabaseFixture implements PairingFixture {

  private final PairingContainer container;

  /** Opens the module on a new database. */
  public DatabaseFixture(TestDatabase database, Path directory) {
    this(
        opening(database, directory)
            .with(Policies.class, new FixedPolicies(AccountPolicy.CHALLENGE)));
  }

  /** Opens the module as a subclass builds it. */
  DatabaseFixture(PairingContainer.Opening opening) {
    container = opening.open();
  }

  /** Starts to build the module on a new database. */
  static PairingContainer.Opening opening(TestDatabase database, Path directory) {
    Path file = directory.resolve("pairing.db");
    return PairingContainer.over(file)
        .with(StorageSettings.class, database.create(file))
        .include("keys.KeyedMac")
        .include("setupcode.SpentNonces")
        .include("session.SessionRepository");
  }

  /** Returns a bean of the module. */
  <T> T get(Class<T> type) {
    return container.get(type);
  }

  @Override
  public PairingGate gate() {
    return container.gate();
  }

  @Override
  public PairingStore store() {
    return container.store();
  }

  @Override
  public PairingSessionStore sessions() {
    return container.get(PairingSessionStore.class);
  }

  @Override
  public List<PairingEvent> events() {
    return container.notices().of(PairingEvent.class);
  }

  @Override
  public BootstrapToken issue(Duration lifetime, String deviceLabel) {
    return container
        .get(SetupCodeIssuer.class)
        .issue("wss://nexo.example.com", null, lifetime, deviceLabel)
        .bootstrapToken();
  }

  @Override
  public void move(Duration by) {
    container.clock().move(by);
    container.ticker().move(by);
  }

  @Override
  public void close() {
    container.close();
  }
}
