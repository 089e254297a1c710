package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent.SetupCodeChanged;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.codec.BootstrapTokens;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.IssuedSetupCode;
import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.companion.SetupCodeRequest;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.companion.SetupCodeStore;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.config.SetupCodeSettings;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.keys.KeyRing;
import dev.nexo.pairing.keys.KeySweep;
import dev.nexo.pairing.keys.SigningKeyCheck;
import dev.nexo.pairing.keys.SigningKeyEntity;
import dev.nexo.pairing.keys.SigningKeyTable;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.TestDatabase;
import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Fixture of the setup code tests: servers on one database, each with its own home. */
public abstract class SetupCodeContract {

  public static final Actor OPERATOR = new Actor("operator", Surface.CONSOLE);
  protected static final String URL = "wss://nexo.example.com/pair";

  @TempDir protected Path directory;
  @Parameter protected TestDatabase database = TestDatabase.SQLITE;
  private StorageSettings storage;
  public final MovableClock clock = new MovableClock();
  private final List<PairingContainer> servers = new ArrayList<>();

  @AfterEach
  protected void closeAll() {
    servers.forEach(PairingContainer::close);
  }

  /** A server; all of a test's have one database and one clock. */
  protected PairingContainer server(String home, Path... previousKeys) {
    return keep(opening(home, previousKeys).open());
  }

  protected PairingContainer.Opening opening(String home, Path... previousKeys) {
    return PairingContainer.over(directory.resolve("pairing.db"))
        .with(StorageSettings.class, storage())
        .include("keys.KeyedMac")
        .include("setupcode.SpentNonces")
        .home(directory.resolve(home))
        .with(Clock.class, clock)
        .with(
            SetupCodeSettings.class,
            new SetupCodeSettings(keyPath(home), List.of(previousKeys), Duration.ofSeconds(60)));
  }

  /** The database of this test, the same at every call. */
  private StorageSettings storage() {
    if (storage == null) {
      storage = database.create(directory.resolve("pairing.db"));
    }
    return storage;
  }

  protected PairingContainer keep(PairingContainer server) {
    servers.add(server);
    return server;
  }

  protected void stop(PairingContainer server) {
    servers.remove(server);
    server.close();
  }

  protected Path keyPath(String home) {
    return directory.resolve(home).resolve("secret").resolve("pairing.key");
  }

  /** Puts a key somewhere, its owner's alone. */
  protected static Path put(Path path, byte[] bytes) {
    try {
      Files.createDirectories(path.getParent());
      Files.write(path, bytes);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A key that is the same for the same number. */
  protected static byte[] key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return bytes;
  }

  protected static String fingerprint(Path key) {
    return Sha256.hex(bytes(key));
  }

  protected static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** The names of the files in a home's secret directory. */
  protected List<String> secrets(String home) throws IOException {
    try (Stream<Path> files = Files.list(keyPath(home).getParent())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  protected static ReadinessCheck.State ready(PairingContainer server) {
    return server.get(SigningKeyCheck.class).check();
  }

  /** The problem with the key as the log says it. */
  protected static String problem(PairingContainer server) {
    return server.get(KeyRing.class).refresh().problem().sentence();
  }

  /** What health says of the key. */
  protected static String word(PairingContainer server) {
    return ready(server).details().get("key_file");
  }

  protected static BootstrapToken issue(PairingContainer server) {
    return issue(server, Duration.ofSeconds(60));
  }

  protected static BootstrapToken issue(PairingContainer server, Duration ttl) {
    return server.get(SetupCodeIssuer.class).issue(URL, null, ttl, null).bootstrapToken();
  }

  protected static boolean verifies(PairingContainer server, BootstrapToken token) {
    return server.get(SetupCodeIssuer.class).verify(token) instanceof TokenCheck.Valid;
  }

  protected static SetupCodeStore codes(PairingContainer server) {
    return server.get(SetupCodeStore.class);
  }

  protected static List<SigningKeyEntity> keys(PairingContainer server) {
    return server.get(SigningKeyTable.class).all();
  }

  protected static String inForce(PairingContainer server) {
    return keys(server).stream()
        .filter(SigningKeyEntity::isActive)
        .map(row -> row.fingerprint)
        .reduce((one, other) -> one + " and " + other)
        .orElse("none");
  }

  /** What was done, the oldest first. */
  protected static List<AuditEntry> audit(PairingContainer server) {
    List<AuditEntry> newestFirst =
        server
            .store()
            .audit(new AuditFilter(AccountFilter.ALL, null, null), new PageRequest(1000, null))
            .items();
    List<AuditEntry> audit = new ArrayList<>(newestFirst);
    Collections.reverse(audit);
    return audit;
  }

  protected static IssuedSetupCode start(PairingContainer server, String label) {
    return codes(server).start(new SetupCodeRequest(label, null, null, null), OPERATOR);
  }

  protected static SetupCodeState state(PairingContainer server, IssuedSetupCode setup) {
    return codes(server).find(setup.setupId()).orElseThrow().state();
  }

  /** What a redemption does to the nonce. */
  protected static boolean redeem(
      PairingContainer server, IssuedSetupCode setup, String sessionId) {
    String nonce = Sha256.hex(nonce(server, setup));
    return server
        .get(Database.class)
        .write(
            tx ->
                SpentNonces.spend(
                    tx, nonce, sessionId, server.clock().instant(), setup.code().expiresAt()));
  }

  protected static String nonce(PairingContainer server, IssuedSetupCode setup) {
    TokenCheck check = server.get(SetupCodeIssuer.class).verify(setup.code().bootstrapToken());
    return ((TokenCheck.Valid) check).claims().nonce();
  }

  protected static List<SetupCodeStatus> told(PairingContainer server) {
    return server.notices().of(SetupCodeChanged.class).stream()
        .map(SetupCodeChanged::status)
        .toList();
  }

  protected static long rows(PairingContainer server, String table) {
    return server
        .get(Database.class)
        .read(
            session ->
                session
                    .createNativeQuery("SELECT count(*) FROM " + table, Long.class)
                    .getSingleResult());
  }

  /** A token that was not issued here. */
  protected static BootstrapToken signedBy(byte[] key) {
    return BootstrapTokens.sign(
        new SigningKey(key), "companion-v1", Instant.parse("2099-01-01T00:00:00Z"), "n", null);
  }

  protected static void sweepKeys(PairingContainer server) {
    server.get(KeySweep.class).sweep(server.clock().instant());
  }
}
