package dev.nexo.pairing.cli.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Copy of a source's database")
class DatabaseCopyTest {

  @TempDir private Path directory;

  private static SourceContents read(String source, Path path) throws IOException {
    SourceContents findings = new SourceContents(null, null, MovableClock.START);
    ImportSources.named(source).read(path, findings);
    return findings;
  }

  @Test
  @DisplayName("A database is read with its WAL, and no file is written beside it")
  void writeAheadLog() throws Exception {
    Path database = directory.resolve("pairing.db");
    try (var owner = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = owner.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA wal_autocheckpoint=0");
      statement.execute(
          "CREATE TABLE pairing_allow_from (channel, account_id, sender_id, approved_at,"
              + " approved_via, revoked_at)");
      statement.execute(
          "INSERT INTO pairing_allow_from VALUES ('telegram','default','1',0,'cli',NULL)");
      Map<String, FileTime> before = times();

      assertThat(read("nexo", database).candidates())
          .extracting(Candidate::senderId)
          .containsExactly("1");

      assertThat(times()).isEqualTo(before).containsKey("pairing.db-wal");
    }
  }

  private Map<String, FileTime> times() throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path one : all.toList()) {
        times.put(one.getFileName().toString(), Files.getLastModifiedTime(one));
      }
    }
    return times;
  }

  @Test
  @DisplayName("A read-only database is left unchanged")
  void readOnly() throws Exception {
    Path state = OpenClawFixture.database(directory);
    byte[] before = Files.readAllBytes(state.resolve("state/openclaw.sqlite"));
    read("openclaw", state);
    assertThat(state.resolve("state/openclaw.sqlite")).hasBinaryContent(before);
    try (Stream<Path> files = Files.list(state.resolve("state"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  @DisplayName("A view that never ends is not read")
  void endlessView() throws Exception {
    Path database = directory.resolve("pairing.db");
    try (var owner = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = owner.createStatement()) {
      statement.execute(
          "CREATE VIEW pairing_allow_from AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1"
              + " FROM n) SELECT 'a' channel, 'b' account_id, i sender_id, 0 approved_at, ''"
              + " approved_via, NULL revoked_at FROM n");
    }
    assertThatThrownBy(() -> read("nexo", database))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("no table pairing_allow_from");
  }

  static Stream<Arguments> notDatabases() {
    return Stream.of(
        arguments("text", "hello".getBytes(UTF_8)),
        arguments("nothing", new byte[0]),
        arguments(
            "half a database", java.util.Arrays.copyOf(Vectors.bytes("nexo-pairing.db"), 5_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notDatabases")
  @DisplayName("A file that is not a database is refused")
  void notDatabase(String what, byte[] bytes) throws Exception {
    Path file = Files.write(directory.resolve("pairing.db"), bytes);
    assertThatThrownBy(() -> read("nexo", file)).isInstanceOf(CommandException.class);
  }
}
