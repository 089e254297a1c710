package dev.nexo.pairing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Backup and restore commands")
class BackupTest {

  @TempDir Path directory;
  private Path database;
  private Path backup;

  @BeforeEach
  void paths() {
    database = directory.resolve("pairing.db");
    backup = directory.resolve("backup.zip");
  }

  private CliRunner.Said run(String... arguments) {
    return new CliRunner(directory)
        .with("PAIRING_STORAGE_PATH", database.toString())
        .run(arguments);
  }

  private static void refused(CliRunner.Said said, String reason) {
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains(reason).hasLineCount(1);
  }

  private void write(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = wal");
      statement.execute(sql);
    }
  }

  private void zip(String entry, String content) throws Exception {
    try (OutputStream out = Files.newOutputStream(backup);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content.getBytes());
    }
  }

  @Test
  @DisplayName("A database that no server has open is copied with a warning")
  void closed() throws Exception {
    write("CREATE TABLE t (x)");
    CliRunner.Said said = run("backup", backup.toString());
    assertThat(said.code()).isZero();
    assertThat(said.err()).contains("No server has this database open");
    write("DROP TABLE t");
    assertThat(run("restore", backup.toString()).code()).isZero();
    write("INSERT INTO t VALUES (1)");
    assertThat(directory.toFile().list()).anyMatch(name -> name.contains(".replaced-"));
  }

  @Test
  @DisplayName("What cannot be backed up is refused with the remedy, and leaves no file")
  void notBackedUp() throws Exception {
    refused(run("backup", backup.toString()), "pg_dump");
    refused(run("backup", backup.toString()), "sudo -u <user> nexo-pair backup");
    refused(
        new CliRunner(directory)
            .with("PAIRING_STORAGE_URL", "jdbc:postgresql://db/pairing")
            .run("backup", backup.toString()),
        "pg_dump");
    Files.writeString(database, "no database");
    refused(run("backup", backup.toString()), "is not a SQLite database");
    Files.delete(database);
    write("CREATE TABLE t (x)");
    refused(run("backup", "--with-key", backup.toString()), "There is no file");
    refused(run("backup", "--with-config", backup.toString()), "PAIRING_CONFIG");
    assertThat(directory.toFile().list()).noneMatch(name -> name.startsWith("backup"));
    Files.writeString(backup, "precious");
    refused(run("backup", backup.toString()), "exists");
    assertThat(backup).hasContent("precious");
  }

  @Test
  @DisplayName("A linked database is backed up and restored as the server opens it")
  void linked() throws Exception {
    Path link = directory.resolve("link.db");
    Files.createSymbolicLink(link, database);
    write("CREATE TABLE t (x)");
    try (Connection server = DriverManager.getConnection("jdbc:sqlite:" + link);
        Statement statement = server.createStatement()) {
      statement.execute("INSERT INTO t VALUES (1)");
      assertThat(run("backup", "--database", link.toString(), backup.toString()).code()).isZero();
    }
    try (ZipFile zip = new ZipFile(backup.toFile())) {
      assertThat(zip.getEntry("pairing.db-wal")).isNotNull();
    }
    write("DELETE FROM t");
    assertThat(run("restore", "--database", link.toString(), backup.toString()).code()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(count()).isEqualTo(1);
  }

  private int count() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      return rows.getInt(1);
    }
  }

  @Test
  @DisplayName("A journal beside the database does not change what is restored")
  void oldJournal() throws Exception {
    write("CREATE TABLE t (x)");
    write("INSERT INTO t VALUES (1)");
    run("backup", backup.toString());
    Path journal = directory.resolve("pairing.db-journal");
    Files.writeString(journal, "an unfinished transaction of the replaced database");
    assertThat(run("restore", backup.toString()).code()).isZero();
    assertThat(journal).doesNotExist();
    assertThat(directory.toFile().list())
        .anyMatch(name -> name.startsWith("pairing.db-journal.replaced-"));
    assertThat(count()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}={1}: {3}")
  @CsvSource({
    "PAIRING_STORAGE_PATH, ~/data/pairing.db, data/pairing.db, the home directory",
    "PAIRING_STORAGE_PATH, ' ~/data/pairing.db ', data/pairing.db, spaces around",
    "PAIRING_STORAGE_PATH, ' ', .nexo/data/pairing.db, a blank value is not set",
    "NEXO_HOME, ~/nexo, nexo/data/pairing.db, the home directory",
    "NEXO_HOME, ~, data/pairing.db, only the home directory",
    "NEXO_HOME, ' ', .nexo/data/pairing.db, a blank value is not set",
    "PAIRING_STORAGE_URL, ' ', .nexo/data/pairing.db, a blank value is not set"
  })
  @DisplayName("Variables name the same files as on the server")
  void variables(String name, String value, String expected, String why) throws Exception {
    write("CREATE TABLE t (x)");
    run("backup", backup.toString());
    CliRunner.Said said =
        new CliRunner(directory).with(name, value).run("restore", backup.toString());
    assertThat(said.code()).isZero();
    assertThat(directory.resolve(expected)).isRegularFile();
    assertThat(said.err()).contains("There was no database at " + directory.resolve(expected));
  }

  @Test
  @DisplayName("A restore leaves only complete files, readable by their owner alone")
  void restoredFiles() throws Exception {
    write("CREATE TABLE t (x)");
    run("backup", backup.toString());
    Path other = Files.writeString(directory.resolve("other"), "precious");
    Files.createSymbolicLink(directory.resolve("pairing.db.restoring"), other);
    assertThat(run("restore", backup.toString()).code()).isZero();
    assertThat(other).hasContent("precious");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database)))
        .isEqualTo("rw-------");
    assertThat(directory.toFile().list())
        .noneMatch(name -> name.startsWith(".pairing-") || name.endsWith(".restoring"));
  }

  @Test
  @DisplayName("A file that is no backup replaces nothing")
  void notRestored() throws Exception {
    write("CREATE TABLE t (x)");
    byte[] before = Files.readAllBytes(database);
    refused(run("restore", backup.toString()), "There is no file " + backup);
    Files.writeString(backup, "not a zip");
    refused(run("restore", backup.toString()), "is not a complete backup");
    zip("../evil", "x");
    refused(run("restore", backup.toString()), "contains no pairing.db");
    zip("pairing.db", "x");
    refused(run("restore", backup.toString()), "is not a SQLite database");
    Files.delete(backup);
    run("backup", backup.toString());
    refused(run("restore", "--with-key", backup.toString()), "contains no key");
    assertThat(database).hasBinaryContent(before);
  }
}
