package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.Finding.Level;
import dev.nexo.pairing.store.PairingContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Database check of the doctor")
class DatabaseCheckTest extends PairingContract {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  private List<Finding> examined() {
    return pairing.get(DatabaseCheck.class).examine();
  }

  private Finding finding(String check) {
    return examined().stream().filter(f -> f.check().equals(check)).findFirst().orElseThrow();
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  @DisplayName("A new database is fine")
  void allIsWell() throws IOException {
    mode(directory, "rwx------");
    assertThat(examined())
        .extracting(Finding::check)
        .containsExactly(
            "database", "migrations", "clock", "database_file", "database_directory", "disk_space");
    assertThat(examined()).extracting(Finding::level).containsOnly(Level.OK);
    assertThat(examined()).extracting(Finding::remedy).containsOnlyNulls();
  }

  @ParameterizedTest(name = "{0}{1}: {2}")
  @CsvSource({
    "'',rw-r--r--,WARNING",
    "'',rw-rw-rw-,FAULT",
    "'',rw-rw----,OK",
    "-wal,rw----r--,WARNING",
    "-shm,rw-----w-,FAULT"
  })
  @DisplayName("Other users' access to the file is reported")
  void fileMode(String ending, String mode, Level level) throws IOException {
    seed("somebody");
    mode(directory.resolve("pairing.db" + ending), mode);
    Finding found = finding("database_file");
    assertThat(found.level()).isEqualTo(level);
    if (level != Level.OK) {
      assertThat(found.remedy()).contains("chmod o-rwx", "pairing.db" + ending + "'");
    }
  }

  @Test
  @DisplayName("Other users' write access to the directory is reported")
  void directoryMode() throws IOException {
    mode(directory, "rwxrwxrwx");
    assertThat(finding("database_directory").level()).isEqualTo(Level.FAULT);
    mode(directory, "rwxrwxr-x");
    assertThat(finding("database_directory").level()).isEqualTo(Level.OK);
  }

  @Test
  @DisplayName("A closed database is reported, with a pointer to the log")
  void closed() {
    Database database = pairing.get(Database.class);
    database.stop();
    Finding found = finding("database");
    assertThat(found.level()).isEqualTo(Level.FAULT);
    assertThat(found.text()).contains("stopped");
    assertThat(found.remedy()).contains("pairing.storage");
    assertThat(examined()).extracting(Finding::check).doesNotContain("clock", "migrations");
  }

  @Test
  @DisplayName("The time of a write is reported, and a warning if it is slow")
  void slow() {
    Finding quick = answer(Duration.ofMillis(999));
    assertThat(quick.level()).isEqualTo(Level.OK);
    assertThat(quick.text()).contains("999 ms");
    Finding slow = answer(Duration.ofSeconds(1));
    assertThat(slow.level()).isEqualTo(Level.WARNING);
    assertThat(slow.text()).contains("1000 ms");
  }

  private Finding answer(Duration taken) {
    return DatabaseCheck.answer(new DatabaseHealth.Known(0, taken, null), storage);
  }

  @Test
  @DisplayName("Low disk space is a warning in time")
  void space() {
    assertThat(DatabaseFileCheck.space(DatabaseFileCheck.LITTLE_SPACE).level()).isEqualTo(Level.OK);
    Finding little = DatabaseFileCheck.space(DatabaseFileCheck.LITTLE_SPACE - 1);
    assertThat(little.level()).isEqualTo(Level.WARNING);
    assertThat(little.text()).contains("only 99 MiB");
  }

  @ParameterizedTest(name = "{0} ms: {1}")
  @CsvSource({
    "0,OK,0.0 s",
    "2000,OK,2.0 s",
    "-2000,OK,2.0 s",
    "2001,WARNING,ahead of",
    "-2001,WARNING,behind"
  })
  @DisplayName("A difference between the two clocks is a warning")
  void clocks(long ahead, Level level, String says) {
    Finding found = DatabaseCheck.clocks(NOW.plusMillis(ahead), NOW);
    assertThat(found.level()).isEqualTo(level);
    assertThat(found.text()).contains(says);
  }
}
