package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.StoreContinuity;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.PairingContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands run while the database is open; {@code backup.db} was made two changes before. */
@DisplayName("Files of an open database")
class StoreFilesTest {

  @TempDir Path home;
  private PairingContainer pairing;

  @BeforeEach
  void open() throws Exception {
    pairing = PairingContainer.over(home.resolve("data/pairing.db")).open();
    seed("ana");
    sql("data/pairing.db", "VACUUM INTO '" + home.resolve("backup.db") + "'");
    Files.createDirectories(home.resolve("elsewhere"));
    seed("bob");
    pairing.store().revoke(PairingContract.key("ana"), PairingContract.OPERATOR);
    assertThat(decision("bob")).isInstanceOf(Admit.class);
  }

  @AfterEach
  void close() {
    pairing.close();
  }

  private void seed(String sender) {
    pairing
        .store()
        .seed(
            PairingContract.ACCOUNT,
            List.of(new SeedEntry(sender, null)),
            PairingContract.OPERATOR);
  }

  private Decision decision(String sender) {
    return pairing.gate().shouldAdmit("chat", null, sender, AdmissionPolicy.CHALLENGE);
  }

  private void sql(String file, String statement) throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve(file));
        Statement run = other.createStatement()) {
      run.execute(statement);
    }
  }

  private void shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-ec", command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(new String(process.getInputStream().readAllBytes()))
        .isZero();
  }

  private Finding finding() {
    return pairing.get(DatabaseCheck.class).examine().stream()
        .filter(finding -> finding.check().equals("database"))
        .findFirst()
        .orElseThrow();
  }

  private void assertRefused() {
    Database database = pairing.get(Database.class);
    assertThatThrownBy(database::narrowedByOthers).isInstanceOf(StorageUnavailableException.class);
    assertThat(decision("ana")).isEqualTo(new Drop(DropReason.STORAGE));
    assertThat(decision("stranger")).isEqualTo(new Drop(DropReason.STORAGE));
    assertThatThrownBy(() -> seed("carl")).isInstanceOf(StorageUnavailableException.class);
    assertThat(database.check().up()).isFalse();
    assertThat(database.check().details().get("database"))
        .as("the report is public")
        .doesNotContain(home.toString());
    assertThat(finding().id()).isEqualTo("NXP-1111");
    assertThat(finding().remedy()).contains(home.resolve("data/pairing.db").toString(), "restart");
    assertThat(pairing.get(StoreContinuity.class).isReplaced()).isTrue();
  }

  static Stream<Arguments> replacements() {
    return Stream.of(
        arguments(
            "the directory is moved and a copy put in its place",
            "mv data elsewhere/; cp -a elsewhere/data data"),
        arguments("the directory is moved away", "mv data elsewhere/"),
        arguments("the directory is deleted", "rm -rf data"),
        arguments(
            "the directory is replaced by one with a backup",
            "mv data elsewhere/; mkdir data; cp backup.db data/pairing.db"),
        arguments(
            "the file alone is moved and a copy put in its place",
            "mv data/pairing.db elsewhere/; cp -a elsewhere/pairing.db data/"),
        arguments("a backup is moved over the file", "mv backup.db data/pairing.db"),
        arguments("the file is deleted", "rm data/pairing.db"),
        arguments(
            "the file is deleted and a backup put in its place",
            "rm data/pairing.db; cp backup.db data/pairing.db"),
        arguments("a link to a backup replaces the file", "ln -sfn ../backup.db data/pairing.db"),
        arguments("the log of recent changes is deleted", "rm data/pairing.db-wal"),
        arguments(
            "the log of recent changes is replaced by a copy",
            "cp data/pairing.db-wal x; mv x data/pairing.db-wal"),
        arguments("the index of the log is deleted", "rm data/pairing.db-shm"),
        arguments("a backup is copied into the file", "cp backup.db data/pairing.db"),
        arguments("a backup is written into the file", "cat backup.db > data/pairing.db"),
        arguments(
            "a backup is copied into the file with its time", "cp -p backup.db data/pairing.db"),
        arguments("the file is emptied", ": > data/pairing.db"),
        arguments("the file is shortened", "truncate -s 8192 data/pairing.db"),
        arguments("the file is made longer", "truncate -s +8192 data/pairing.db"),
        arguments("something else is copied into the file", "cp /bin/sh data/pairing.db"),
        arguments(
            "the first page is overwritten",
            "dd if=/dev/zero of=data/pairing.db bs=100 count=1 conv=notrunc"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replacements")
  @DisplayName("Every call is refused if")
  void replaced(String reason, String command) throws Exception {
    try (LogCapture log = LogCapture.of("dev.nexo.pairing")) {
      shell(command);
      assertRefused();
      assertRefused();
      assertThat(log.lines("NXP-0016")).isOne();
      assertThat(log.text()).contains("pairing.db", "restart the server");
    }
  }

  static Stream<Arguments> movesBack() {
    return Stream.of(
        arguments(
            "mv data elsewhere/; cp -a elsewhere/data data", "rm -rf data; mv elsewhere/data data"),
        arguments(
            "mv data/pairing.db elsewhere/; cp backup.db data/pairing.db",
            "mv elsewhere/pairing.db data/"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("movesBack")
  @DisplayName("If the files are moved back, calls succeed again, and no change is lost after")
  void movedBack(String away, String back) throws Exception {
    shell(away);
    assertRefused();
    shell(back);
    // A check that began before the files were back may still refuse them. The background check may
    // be the one that reports to the caches that the store is back.
    await("accepted")
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> pairing.get(Database.class).narrowedByOthers());
    seed("carl");
    assertThat(decision("carl")).isInstanceOf(Admit.class);
    assertThat(pairing.get(StoreContinuity.class).isReplaced()).isFalse();
    assertThat(pairing.get(Database.class).check().up()).isTrue();
    assertThat(admittedAfterRestart()).containsExactlyInAnyOrder("bob", "carl");
  }

  private List<String> admittedAfterRestart() {
    pairing.close();
    pairing = PairingContainer.over(home.resolve("data/pairing.db")).open();
    return Stream.of("ana", "bob", "carl")
        .filter(sender -> decision(sender) instanceof Admit)
        .toList();
  }

  @Test
  @DisplayName("The log of the previous file does not change a restored file")
  void oldLog() throws Exception {
    shell("mv data/pairing.db elsewhere/; cp backup.db data/pairing.db");
    assertRefused();
    assertThat(admittedAfterRestart()).containsExactly("ana");
    try (Connection previous =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("elsewhere/pairing.db"));
        Statement statement = previous.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pairing_allow_from WHERE revoked_at IS NULL"
                    + " AND sender_id = 'bob'")) {
      assertThat(row.getLong(1)).as("the previous file is complete without it").isEqualTo(1);
    }
  }

  @Test
  @DisplayName("After a restart, a file that was overwritten is exactly what was copied into it")
  void overwritten() throws Exception {
    shell("cp backup.db data/pairing.db");
    assertRefused();
    assertThat(home.resolve("data/pairing.db-wal.replaced")).isNotEmptyFile();
    pairing.close();
    shell("cmp backup.db data/pairing.db; rm -f data/pairing.db-shm");
    // As another process does, which shares nothing with this one.
    shell("cp -a data restarted");
    pairing = PairingContainer.over(home.resolve("restarted/pairing.db")).open();
    assertThat(decision("ana")).isInstanceOf(Admit.class);
    assertThat(decision("bob")).isNotInstanceOf(Admit.class);
    seed("carl");
    assertThat(decision("carl")).isInstanceOf(Admit.class);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        arguments("nothing is done", "true"),
        arguments(
            "the file gets another mode and time",
            "chmod 640 data/pairing.db; touch data/pairing.db"),
        arguments(
            "the directory becomes a link to the same files",
            "mv data elsewhere/; ln -s elsewhere/data data"),
        arguments("the file is copied", "cp data/pairing.db elsewhere/"),
        arguments("the file has a second name", "ln data/pairing.db elsewhere/pairing.db"),
        arguments("another file is put into the directory", "cp backup.db data/old.db"),
        arguments(
            "the file is written into itself",
            "dd if=data/pairing.db of=data/pairing.db bs=4096 conv=notrunc"),
        arguments("the log is copied", "cp data/pairing.db-wal data/pairing.db-shm elsewhere/"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  @DisplayName("Calls succeed if")
  void notReplaced(String reason, String command) throws Exception {
    shell(command);
    pairing.get(Database.class).narrowedByOthers();
    seed("carl");
    assertThat(pairing.get(Database.class).check().up()).isTrue();
    assertThat(finding().level()).isEqualTo(Finding.Level.OK);
  }
}
