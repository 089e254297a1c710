package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.BootstrapToken;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingNotice.SetupCodeChanged;
import dev.nexo.pairing.Readiness;
import dev.nexo.pairing.SetupCodeIssuer;
import dev.nexo.pairing.SetupCodeRequest;
import dev.nexo.pairing.SetupCodeStatus;
import dev.nexo.pairing.SetupCodeStore;
import dev.nexo.pairing.SetupState;
import dev.nexo.pairing.StartedSetup;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.TokenCheck;
import dev.nexo.pairing.codec.BootstrapTokens;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.config.SetupCodeSettings;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.store.Database;
import dev.nexo.pairing.testing.MovableClock;
import dev.nexo.pairing.testing.PairingContainer;
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

/** What the tests of setup codes speak in: servers on one database, each with a home of its own. */
abstract class SetupCodeContract {

  static final Actor OPERATOR = new Actor("operator", Surface.CONSOLE);
  static final String URL = "wss://nexo.example.com/pair";

  @TempDir Path directory;
  final MovableClock clock = new MovableClock();
  private final List<PairingContainer> servers = new ArrayList<>();

  @AfterEach
  void closeAll() {
    servers.forEach(PairingContainer::close);
  }

  /** A server; all of a test's have one database and one clock. */
  PairingContainer server(String home, Path... previousKeys) {
    return keep(opening(home, previousKeys).open());
  }

  PairingContainer.Opening opening(String home, Path... previousKeys) {
    return PairingContainer.over(directory.resolve("pairing.db"))
        .with(StorageSettings.class, storage())
        .room("setupcode.KeyedMac")
        .home(directory.resolve(home))
        .with(Clock.class, clock)
        .with(
            SetupCodeSettings.class,
            new SetupCodeSettings(keyPath(home), List.of(previousKeys), Duration.ofSeconds(60)));
  }

  /** The database of this test; PostgreSQL in the subclasses that run the same tests there. */
  StorageSettings storage() {
    return StorageSettings.file(directory.resolve("pairing.db"));
  }

  PairingContainer keep(PairingContainer server) {
    servers.add(server);
    return server;
  }

  void stop(PairingContainer server) {
    servers.remove(server);
    server.close();
  }

  Path keyPath(String home) {
    return directory.resolve(home).resolve("secret").resolve("pairing.key");
  }

  /** Puts a key somewhere, its owner's alone. */
  static Path put(Path path, byte[] bytes) {
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
  static byte[] key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return bytes;
  }

  static String fingerprint(Path key) {
    return Sha256.hex(bytes(key));
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** The names of the files in a home's secret directory. */
  List<String> secrets(String home) throws IOException {
    try (Stream<Path> files = Files.list(keyPath(home).getParent())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  static Readiness.State ready(PairingContainer server) {
    return server.get(KeyReadiness.class).check();
  }

  /** What the log says is wrong with the key. */
  static String trouble(PairingContainer server) {
    return server.get(KeyRing.class).refresh().trouble().sentence();
  }

  /** What health says of the key. */
  static String word(PairingContainer server) {
    return ready(server).details().get("key_file");
  }

  static BootstrapToken issue(PairingContainer server) {
    return issue(server, Duration.ofSeconds(60));
  }

  static BootstrapToken issue(PairingContainer server, Duration ttl) {
    return server.get(SetupCodeIssuer.class).issue(URL, null, ttl, null).bootstrapToken();
  }

  static boolean verifies(PairingContainer server, BootstrapToken token) {
    return server.get(SetupCodeIssuer.class).verify(token) instanceof TokenCheck.Valid;
  }

  static SetupCodeStore codes(PairingContainer server) {
    return server.get(SetupCodeStore.class);
  }

  static List<SigningKeyRow> keys(PairingContainer server) {
    return server.get(SigningKeys.class).all();
  }

  static String inForce(PairingContainer server) {
    return keys(server).stream()
        .filter(SigningKeyRow::inForce)
        .map(row -> row.fingerprint)
        .reduce((one, other) -> one + " and " + other)
        .orElse("none");
  }

  /** What was done, the oldest first. */
  static List<AuditEntry> audit(PairingContainer server) {
    List<AuditEntry> newestFirst =
        server
            .store()
            .audit(new AuditFilter(AccountFilter.ALL, null, null), new PageRequest(1000, null))
            .items();
    List<AuditEntry> audit = new ArrayList<>(newestFirst);
    Collections.reverse(audit);
    return audit;
  }

  static StartedSetup start(PairingContainer server, String label) {
    return codes(server).start(new SetupCodeRequest(label, null, null, null), OPERATOR);
  }

  static SetupState state(PairingContainer server, StartedSetup setup) {
    return codes(server).find(setup.setupId()).orElseThrow().state();
  }

  /** What a redemption does to the nonce. */
  static boolean redeem(PairingContainer server, StartedSetup setup, String sessionId) {
    String nonce = Sha256.hex(nonce(server, setup));
    return server
        .get(Database.class)
        .write(
            tx ->
                SpentNonces.spend(
                    tx, nonce, sessionId, server.clock().instant(), setup.code().expiresAt()));
  }

  static String nonce(PairingContainer server, StartedSetup setup) {
    TokenCheck check = server.get(SetupCodeIssuer.class).verify(setup.code().bootstrapToken());
    return ((TokenCheck.Valid) check).claims().nonce();
  }

  static List<SetupCodeStatus> told(PairingContainer server) {
    return server.notices().of(SetupCodeChanged.class).stream()
        .map(SetupCodeChanged::status)
        .toList();
  }

  static long rows(PairingContainer server, String table) {
    return server
        .get(Database.class)
        .read(
            session ->
                session
                    .createNativeQuery("SELECT count(*) FROM " + table, Long.class)
                    .getSingleResult());
  }

  /** A token that was not issued here. */
  static BootstrapToken signedBy(byte[] key) {
    return BootstrapTokens.sign(
        new SigningKey(key), "companion-v1", Instant.parse("2099-01-01T00:00:00Z"), "n", null);
  }

  static void sweepKeys(PairingContainer server) {
    server.get(KeySweep.class).sweep(server.clock().instant());
  }
}
