package dev.nexo.pairing.store;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Fixture of the store and gate tests. */
public abstract class PairingContract {

  public static final Actor OPERATOR = new Actor("operator", Surface.CONSOLE);
  public static final ChannelAccount ACCOUNT = new ChannelAccount("chat", "default");
  protected static final PageRequest ALL = new PageRequest(1000, null);

  @TempDir protected Path directory;
  @Parameter protected TestDatabase database = TestDatabase.SQLITE;
  public StorageSettings storage;
  public PairingContainer pairing;

  @BeforeEach
  protected void open() {
    storage = database.create(directory.resolve("pairing.db"));
    pairing =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(StorageSettings.class, storage)
            .open();
  }

  /** A connection of another process to the same database. */
  protected Connection outside() throws SQLException {
    return DriverManager.getConnection(
        storage.url().orElse("jdbc:sqlite:" + storage.path() + "?busy_timeout=30000"),
        storage.username().orElse(null),
        storage.password().orElse(null));
  }

  @AfterEach
  protected void close() {
    pairing.close();
  }

  protected Decision write(String sender) {
    return pairing.gate().shouldAdmit("chat", null, sender, AdmissionPolicy.CHALLENGE);
  }

  protected Challenge challenged(String sender) {
    return (Challenge) write(sender);
  }

  protected PendingOutcome approve(String ref) {
    return pairing.store().approve(ref, AllowTerms.NONE, false, OPERATOR);
  }

  protected PendingOutcome approve(Challenge challenge) {
    return approve(challenge.request().code().value());
  }

  protected SeedReport seed(String... senders) {
    return pairing
        .store()
        .seed(ACCOUNT, Stream.of(senders).map(id -> new SeedEntry(id, null)).toList(), OPERATOR);
  }

  protected int revoke(String sender) {
    return pairing.store().revoke(key(sender), OPERATOR);
  }

  public static SenderKey key(String sender) {
    return SenderKey.of(ACCOUNT, sender);
  }

  protected List<PendingRequest> pending() {
    return pairing.store().pending(AccountFilter.ALL, ALL).items();
  }

  protected List<AllowedSender> allowed(boolean includeRevoked) {
    return pairing
        .store()
        .allowed(new AllowFilter(AccountFilter.ALL, null, includeRevoked), ALL)
        .items();
  }

  protected List<AuditEntry> audit() {
    return pairing.store().audit(new AuditFilter(AccountFilter.ALL, null, null), ALL).items();
  }
}
