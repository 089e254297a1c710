package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.testing.Together;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Watch for an overwritten file")
class OverwriteWatchTest {

  private static final String CHANGE = "UPDATE pairing_store SET changes = changes + 1";

  @TempDir private Path directory;
  private Path file;
  private Connection own;
  private Connection other;
  private OverwriteWatch watch;

  @BeforeEach
  void open() throws Exception {
    file = directory.toRealPath().resolve("pairing.db");
    own = connect();
    run(
        own,
        "PRAGMA journal_mode = WAL",
        "CREATE TABLE pairing_store (id INTEGER PRIMARY KEY, changes INTEGER)",
        "INSERT INTO pairing_store VALUES (1, 1)",
        "CREATE TABLE big (text TEXT)");
    fill(own);
    run(own, "PRAGMA wal_checkpoint(PASSIVE)", CHANGE);
    other = connect();
    watch =
        new OverwriteWatch(
            file,
            number("SELECT rootpage FROM sqlite_master WHERE name = 'pairing_store'"),
            (int) number("PRAGMA page_size"));
    watch.check();
  }

  @AfterEach
  void close() throws Exception {
    other.close();
    own.close();
    watch.close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=5000");
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void fill(Connection connection) throws SQLException {
    run(
        connection,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            + " INSERT INTO big SELECT hex(randomblob(500)) FROM n");
  }

  private long number(String query) throws SQLException {
    try (Statement statement = own.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getLong(1);
    }
  }

  /** What somebody does with the database. */
  @FunctionalInterface
  private interface Act {
    void on(OverwriteWatchTest test) throws Exception;
  }

  private static Arguments act(String reason, Act act) {
    return arguments(reason, act);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        act("changes of both processes", test -> run(test.other, CHANGE)),
        act("a checkpoint", test -> run(test.other, "PRAGMA wal_checkpoint(PASSIVE)")),
        act(
            "a checkpoint that restarts the log",
            test -> run(test.other, CHANGE, "PRAGMA wal_checkpoint(RESTART)", CHANGE)),
        act(
            "a checkpoint that empties the log",
            test -> run(test.other, CHANGE, "PRAGMA wal_checkpoint(TRUNCATE)", CHANGE)),
        act(
            "so many changes that checkpoints run by themselves",
            test -> {
              for (int i = 0; i < 20; i++) {
                fill(test.other);
                test.watch.check();
              }
            }),
        act(
            "a checkpoint that a reader stops half way",
            test -> {
              try (Connection reader = test.connect()) {
                run(reader, "BEGIN", "SELECT * FROM pairing_store");
                run(test.other, CHANGE);
                fill(test.other);
                run(test.other, "PRAGMA wal_checkpoint(PASSIVE)");
                test.watch.check();
              }
            }),
        act(
            "VACUUM",
            test -> {
              run(test.other, "DELETE FROM big", "VACUUM");
              test.watch.check();
              run(test.other, "PRAGMA wal_checkpoint(TRUNCATE)");
            }),
        act(
            "VACUUM with a checkpoint that a reader stops half way",
            test -> {
              try (Connection reader = test.connect()) {
                run(reader, "BEGIN", "SELECT * FROM pairing_store");
                run(test.other, "DELETE FROM big", "VACUUM", "PRAGMA wal_checkpoint(PASSIVE)");
                test.watch.check();
              }
            }),
        act(
            "new tables and another schema",
            test ->
                run(
                    test.other,
                    "CREATE TABLE IF NOT EXISTS more (id INTEGER)",
                    "DROP TABLE more",
                    "PRAGMA user_version = 7",
                    "PRAGMA wal_checkpoint(TRUNCATE)")),
        act(
            "a backup restored by SQLite, which StoreIdentity finds",
            test -> {
              Path backup = test.backup();
              run(test.own, CHANGE);
              test.watch.check();
              run(test.other, "restore from '" + backup + "'");
              run(test.other, "PRAGMA wal_checkpoint(TRUNCATE)");
            }),
        act(
            "another time of the file",
            test -> Files.setLastModifiedTime(test.file, FileTime.from(Instant.EPOCH))),
        act(
            "the same bytes written again",
            test ->
                Files.write(test.file, Files.readAllBytes(test.file), StandardOpenOption.WRITE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  @DisplayName("A file is not overwritten by")
  void notOverwritten(String reason, Act act) throws Exception {
    for (int i = 0; i < 3; i++) {
      act.on(this);
      assertThatCode(watch::check).doesNotThrowAnyException();
      run(own, CHANGE);
      assertThatCode(watch::check).doesNotThrowAnyException();
    }
    assertThat(watch.isOverwritten()).isFalse();
  }

  private Path backup() throws Exception {
    Path backup = directory.resolve("backup-" + number("SELECT changes FROM pairing_store"));
    Files.deleteIfExists(backup);
    run(own, "VACUUM INTO '" + backup + "'");
    return backup;
  }

  private void overwrite(Path with) throws Exception {
    Files.write(file, Files.readAllBytes(with), StandardOpenOption.TRUNCATE_EXISTING);
  }

  static Stream<Arguments> harmful() {
    return Stream.of(
        act(
            "a backup that is older than the last checkpoint",
            test -> {
              Path backup = test.backup();
              run(test.own, CHANGE, "PRAGMA wal_checkpoint(PASSIVE)");
              test.watch.check();
              run(test.own, CHANGE);
              test.watch.check();
              test.overwrite(backup);
            }),
        act(
            "a backup that is newer than the last checkpoint",
            test -> {
              run(test.own, CHANGE);
              Path backup = test.backup();
              run(test.own, CHANGE);
              test.overwrite(backup);
            }),
        act(
            "a copy of the bare file from before the last checkpoint",
            test -> {
              Path copy = test.directory.resolve("copy.db");
              Files.copy(test.file, copy, StandardCopyOption.REPLACE_EXISTING);
              run(test.own, CHANGE, "PRAGMA wal_checkpoint(PASSIVE)");
              test.watch.check();
              test.overwrite(copy);
            }),
        act(
            "another database",
            test -> {
              Path another = test.directory.resolve("another.db");
              try (Connection made = DriverManager.getConnection("jdbc:sqlite:" + another)) {
                run(made, "CREATE TABLE x (y INTEGER)");
              }
              test.overwrite(another);
            }),
        act("nothing", test -> Files.write(test.file, new byte[0])),
        act(
            "a backup that is copied during changes",
            test -> {
              Path backup = test.backup();
              run(test.own, CHANGE, CHANGE);
              test.overwrite(backup);
              run(test.other, CHANGE);
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmful")
  @DisplayName("A file is overwritten by")
  void overwritten(String reason, Act act) throws Exception {
    act.on(this);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(watch::check)
          .isInstanceOf(StoreReplacedException.class)
          .hasMessageContaining(file.toString());
    }
    assertThat(watch.isOverwritten()).isTrue();
    // As the engine does: the log must not be written into the new content.
    Files.move(directory.resolve("pairing.db-wal"), directory.resolve("aside"));
  }

  @Test
  @DisplayName("Changes and checkpoints of several threads do not look like an overwritten file")
  void concurrent() throws Exception {
    Together.run(4, this::useMuch);
    assertThat(watch.isOverwritten()).isFalse();
  }

  private Void useMuch(int thread) {
    try (Connection connection = connect()) {
      for (int i = 0; i < 150; i++) {
        switch (thread) {
          case 0 ->
              run(connection, "PRAGMA wal_checkpoint(" + (i % 3 == 0 ? "PASSIVE)" : "RESTART)"));
          case 1 -> fill(connection);
          default -> run(connection, CHANGE);
        }
        watch.check();
      }
      return null;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
