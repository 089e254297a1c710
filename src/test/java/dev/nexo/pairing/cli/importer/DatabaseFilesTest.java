package dev.nexo.pairing.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Database files of an import")
class DatabaseFilesTest {

  private static final int SENDERS = 2_000;

  @TempDir private Path directory;

  private static int admitted(Path database) throws IOException {
    SourceContents findings = new SourceContents(null, null, MovableClock.START);
    new NexoSource().read(database, findings);
    return findings.candidates().size();
  }

  /** A writer that un-revokes everybody, caught in the middle: its transaction never ends. */
  private Path torn() throws IOException, SQLException {
    Path live = directory.resolve("live.db");
    Path torn = directory.resolve("torn.db");
    try (var owner = DriverManager.getConnection("jdbc:sqlite:" + live);
        var statement = owner.createStatement()) {
      statement.execute("PRAGMA cache_size=5");
      statement.execute(
          "CREATE TABLE pairing_allow_from (channel, account_id, sender_id, approved_at,"
              + " approved_via, revoked_at)");
      statement.execute(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT "
              + SENDERS
              + ") INSERT INTO pairing_allow_from SELECT 'telegram','default','s' || i,0,'cli',1"
              + " FROM n");
      owner.setAutoCommit(false);
      statement.execute("UPDATE pairing_allow_from SET revoked_at = NULL");
      Files.copy(live, torn);
      Files.copy(live.resolveSibling("live.db-journal"), journal(torn));
      owner.rollback();
    }
    return torn;
  }

  private static Path journal(Path database) {
    return database.resolveSibling(database.getFileName() + "-journal");
  }

  @Test
  @DisplayName("Changes of an unfinished transaction are not read")
  void unfinishedTransaction() throws Exception {
    Path torn = torn();
    byte[] before = Files.readAllBytes(torn);
    assertThat(admitted(torn)).isZero();
    assertThat(torn).hasBinaryContent(before);
    assertThat(journal(torn)).isNotEmptyFile();

    Path link = Files.createSymbolicLink(directory.resolve("link.db"), torn);
    assertThat(admitted(link)).as("what lies beside the file that a link names").isZero();

    Files.setPosixFilePermissions(torn, PosixFilePermissions.fromString("r--------"));
    assertThat(admitted(torn)).as("of a database nobody may write to").isZero();

    Files.delete(journal(torn));
    assertThat(admitted(torn)).as("without its journal").isPositive();
  }

  @Test
  @DisplayName("A journal over several databases is refused; its files stay")
  void superJournal() throws Exception {
    Path torn = torn();
    Path named = Files.writeString(directory.resolve("precious"), "mine");
    byte[] name = named.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int sum = 0;
    for (byte one : name) {
      sum += one;
    }
    byte[] end =
        ByteBuffer.allocate(name.length + 20)
            .putInt(0)
            .put(name)
            .putInt(name.length)
            .putInt(sum)
            .putLong(0xd9d505f920a163d7L)
            .array();
    Files.write(journal(torn), end, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> admitted(torn))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("several databases");
    assertThat(named).hasContent("mine");
  }

  @Test
  @DisplayName("Files that change during the copy are copied again")
  void copiesAgain() throws Exception {
    Path database = Files.writeString(directory.resolve("x.db"), "one");
    Path copy = Files.createDirectory(directory.resolve("copies")).resolve("copy.db");
    List<Path> copied = new ArrayList<>();
    DatabaseFiles files =
        new DatabaseFiles(
            database,
            (from, to) -> {
              Files.copy(from, to);
              copied.add(from);
              if (copied.size() == 1) {
                Files.writeString(database, "longer");
                Files.writeString(journal(database), "begun");
              }
            });
    files.copyTo(copy);
    assertThat(copied).containsExactly(database, database, journal(database));
    assertThat(copy).hasContent("longer");
    assertThat(journal(copy)).hasContent("begun");
  }

  @Test
  @DisplayName("A journal that disappears during the copy is not copied")
  void journalDisappears() throws Exception {
    Path database = Files.writeString(directory.resolve("x.db"), "one");
    Files.writeString(journal(database), "begun");
    Path copy = Files.createDirectory(directory.resolve("copies")).resolve("copy.db");
    DatabaseFiles files =
        new DatabaseFiles(
            database,
            (from, to) -> {
              Files.copy(from, to);
              Files.deleteIfExists(journal(database));
            });
    files.copyTo(copy);
    assertThat(copy).hasContent("one");
    assertThat(journal(copy)).doesNotExist();
  }

  @Test
  @DisplayName("Files that change at every attempt are refused with the remedy")
  void neverStable() throws Exception {
    Path database = Files.writeString(directory.resolve("x.db"), "one");
    Path copy = Files.createDirectory(directory.resolve("copies")).resolve("copy.db");
    List<Path> copied = new ArrayList<>();
    DatabaseFiles files =
        new DatabaseFiles(
            database,
            (from, to) -> {
              copied.add(from);
              Files.writeString(database, "+", StandardOpenOption.APPEND);
            });
    assertThatThrownBy(() -> files.copyTo(copy))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("stop the system that writes to it and try again");
    assertThat(copied).hasSize(DatabaseFiles.TRIES);
  }
}
