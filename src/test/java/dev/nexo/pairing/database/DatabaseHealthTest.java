package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.LogCapture;
import jakarta.persistence.PersistenceException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

@DisplayName("Database health")
class DatabaseHealthTest {

  private static final SQLException FULL = sqlite("SQLITE_FULL");
  private static final SQLException READ_ONLY = sqlite("SQLITE_READONLY_DBMOVED");

  @TempDir Path directory;
  private final AtomicLong now = new AtomicLong();
  private StorageSettings settings;
  private DatabaseHealth condition;
  private LogCapture log;

  @BeforeEach
  void open() {
    settings = StorageSettings.file(directory.resolve("pairing.db"));
    condition = new DatabaseHealth(settings, now::get);
    condition.opened();
    log = LogCapture.of("dev.nexo.pairing.database");
  }

  @AfterEach
  void close() {
    log.close();
  }

  private static SQLException sqlite(String code) {
    return new SQLiteException("[" + code + "]", SQLiteErrorCode.valueOf(code));
  }

  private void pass(int seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "SQLITE_FULL,the disk is full,Free space on the disk",
    "SQLITE_READONLY,the file is read-only,right to write",
    "SQLITE_READONLY_DIRECTORY,the file is read-only,right to write",
    "SQLITE_IOERR_WRITE,the disk reports errors,Check the disk",
    "SQLITE_IOERR_FSYNC,the disk reports errors,Check the disk",
    "SQLITE_BUSY,no answer within 5 s,locks",
    "SQLITE_IOERR_SHMMAP,[SQLITE_IOERR_SHMMAP],local disk",
    "SQLITE_IOERR_SHMOPEN,[SQLITE_IOERR_SHMOPEN],local disk",
    "SQLITE_IOERR_SHMLOCK,[SQLITE_IOERR_SHMLOCK],local disk",
    "SQLITE_IOERR_LOCK,[SQLITE_IOERR_LOCK],local disk",
    "SQLITE_PROTOCOL,[SQLITE_PROTOCOL],local disk",
    "SQLITE_CANTOPEN,[SQLITE_CANTOPEN],the right to read and write",
    "SQLITE_PERM,[SQLITE_PERM],the right to read and write",
    "SQLITE_CORRUPT,[SQLITE_CORRUPT],Check pairing.storage"
  })
  @DisplayName("SQLite errors are reported with cause and remedy")
  void sqliteCauses(String code, String words, String remedy) {
    DatabaseFailure failure = DatabaseFailure.of(new PersistenceException(sqlite(code)), settings);
    assertThat(failure.words()).isEqualTo(words);
    assertThat(failure.remedy(settings)).contains(remedy);
    if (failure.cause() != DatabaseFailure.Cause.OTHER) {
      assertThat(failure.remedy(settings)).contains(settings.path().toString());
    }
  }

  @Test
  @DisplayName("A library that cannot be loaded, and a denied access, have their own remedies")
  void otherCauses() {
    String noexec = "/tmp/sqlite.so: failed to map segment from shared object";
    for (Throwable thrown :
        List.of(
            new SQLException(
                "Error opening connection", new NativeLibraryNotFoundException(noexec)),
            new UnsatisfiedLinkError(noexec),
            new NoClassDefFoundError("Could not initialize class org.sqlite.core.NativeDB"))) {
      assertThat(DatabaseFailure.of(thrown, settings).remedy(settings))
          .contains("noexec", System.getProperty("java.io.tmpdir"), "-Dorg.sqlite.tmpdir=");
    }
    assertThat(
            DatabaseFailure.of(new AccessDeniedException("/data/pairing.db"), settings)
                .remedy(settings))
        .contains(System.getProperty("user.name"), "the right to read and write");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "53100,DISK_FULL",
    "25006,READ_ONLY",
    "58030,IO_ERROR",
    "55P03,NO_ANSWER",
    "57014,NO_ANSWER",
    "08006,CONNECTION_LOST",
    "57P01,CONNECTION_LOST",
    "42P01,OTHER"
  })
  @DisplayName("PostgreSQL errors are reported with their cause")
  void serverCauses(String state, DatabaseFailure.Cause cause) {
    SQLException thrown = new SQLException("no", state);
    assertThat(DatabaseFailure.of(thrown, settings).cause()).isEqualTo(cause);
    assertThat(
            DatabaseFailure.of(new SQLTransientConnectionException("pool", thrown), settings)
                .cause())
        .isEqualTo(cause == DatabaseFailure.Cause.OTHER ? DatabaseFailure.Cause.NO_ANSWER : cause);
  }

  @Test
  @DisplayName("A silent network and a refused connection are distinguished")
  void silentNetwork() {
    SQLException lost = new SQLException("lost", "08006", new SocketTimeoutException());
    assertThat(DatabaseFailure.of(lost, settings).cause())
        .isEqualTo(DatabaseFailure.Cause.NO_ANSWER);
  }

  @Test
  @DisplayName("A failure of writes is logged once, and so is the recovery")
  void logsOnce() {
    IntStream.range(0, 1_000).forEach(i -> condition.callFailed(FULL));
    assertThat(condition.known().writable()).isFalse();
    assertThat(log.lines("SEVERE")).isEqualTo(1);
    IntStream.range(0, 1_000).forEach(i -> condition.changed());
    assertThat(condition.known().writable()).isTrue();
    assertThat(log.lines("INFO")).isEqualTo(1);
    pass(60);
    condition.checkFailed(FULL);
    assertThat(log.lines("SEVERE")).isEqualTo(2);
  }

  @Test
  @DisplayName("A cause that changes back and forth is logged once a minute")
  void changingCause() {
    for (int i = 0; i < 60; i++) {
      condition.checkFailed(FULL);
      condition.checkFailed(READ_ONLY);
      pass(1);
    }
    assertThat(log.lines("SEVERE")).isEqualTo(1);
    condition.checkFailed(READ_ONLY);
    assertThat(log.lines("the file is read-only")).isEqualTo(1);
  }

  @Test
  @DisplayName("Repeated failures and recoveries are logged once a minute")
  void flaps() {
    for (int i = 0; i < 59; i++) {
      condition.checkFailed(FULL);
      condition.checked(Duration.ZERO);
      pass(1);
    }
    assertThat(log.lines("SEVERE")).isEqualTo(1);
    assertThat(log.lines("INFO")).isEqualTo(1);
  }

  @Test
  @DisplayName("One slow write keeps the state good and is logged once a minute")
  void oneChangeWaits() {
    IntStream.range(0, 100).forEach(i -> condition.callFailed(sqlite("SQLITE_BUSY")));
    assertThat(condition.known().writable()).isTrue();
    assertThat(log.lines("WARNING")).isEqualTo(1);
    pass(60);
    condition.callFailed(new SQLException("strange"));
    assertThat(log.lines("failed: strange")).isEqualTo(1);
  }

  @Test
  @DisplayName("Writes interrupted by the server's stop are not reported")
  void stopped() {
    condition.stopped();
    condition.callFailed(new SQLException("closed", "08003"));
    condition.callFailed(sqlite("SQLITE_BUSY"));
    assertThat(log.lines("SEVERE") + log.lines("WARNING")).isZero();
  }
}
