package dev.nexo.pairing.database;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.exception.ConstraintViolationException;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Why the database does not accept changes.
 *
 * @param cause the kind of the failure
 * @param words a description of the cause without a full stop, for example {@code the disk is full}
 * @param detail the description for the log and the doctor, which may name paths and addresses
 */
record DatabaseFailure(Cause cause, String words, String detail) {

  /** The kinds of failures, by remedy. */
  enum Cause {
    DISK_FULL,
    READ_ONLY,
    IO_ERROR,
    NO_ANSWER,
    CONNECTION_LOST,
    /** The native library of SQLite cannot be loaded, for example from a noexec directory. */
    LIBRARY,
    /** The file system has no shared memory or no locks, for example over a network. */
    FILE_SYSTEM,
    /** The server's user lacks rights. */
    NO_ACCESS,
    /** The database is not the store that was opened, or lacks changes. */
    REPLACED,
    /** The database was migrated by a newer release. */
    NEWER,
    /** Any other cause; the description is the database's own message. */
    OTHER;

    /**
     * Returns whether other changes will fail for the same cause. This is not known from a change
     * that waited too long for the lock, or whose content the database refused.
     */
    boolean affectsEveryChange() {
      return this != NO_ANSWER && this != OTHER;
    }
  }

  private static final String NO_ANSWER = "no answer within 5 s";

  /** SQLSTATE of a deadlock and of a serialization failure: nothing was changed, so try again. */
  private static final Set<String> CONFLICTS = Set.of("40P01", "40001");

  /** The primary result codes of SQLite; an extended code has further bits above them. */
  private static final int SQLITE_PRIMARY_CODE = 0xff;

  /** The number of usable bytes below which a disk has no space for a change. */
  private static final long FULL_BELOW = 64L << 10;

  private static final Map<Integer, Cause> SQLITE_CAUSES =
      Map.of(
          SQLiteErrorCode.SQLITE_PROTOCOL.code, Cause.FILE_SYSTEM,
          SQLiteErrorCode.SQLITE_CANTOPEN.code, Cause.NO_ACCESS,
          SQLiteErrorCode.SQLITE_PERM.code, Cause.NO_ACCESS,
          SQLiteErrorCode.SQLITE_FULL.code, Cause.DISK_FULL,
          SQLiteErrorCode.SQLITE_READONLY.code, Cause.READ_ONLY,
          SQLiteErrorCode.SQLITE_IOERR.code, Cause.IO_ERROR,
          SQLiteErrorCode.SQLITE_BUSY.code, Cause.NO_ANSWER,
          SQLiteErrorCode.SQLITE_LOCKED.code, Cause.NO_ANSWER);

  /** Extended codes that name the file system rather than the disk. */
  private static final Set<Integer> SHARED_MEMORY =
      Set.of(
          SQLiteErrorCode.SQLITE_IOERR_SHMOPEN.code,
          SQLiteErrorCode.SQLITE_IOERR_SHMSIZE.code,
          SQLiteErrorCode.SQLITE_IOERR_SHMLOCK.code,
          SQLiteErrorCode.SQLITE_IOERR_SHMMAP.code,
          SQLiteErrorCode.SQLITE_IOERR_LOCK.code,
          SQLiteErrorCode.SQLITE_IOERR_RDLOCK.code,
          SQLiteErrorCode.SQLITE_IOERR_UNLOCK.code);

  private static final Map<String, Cause> SQL_STATE_CAUSES =
      Map.of(
          "53100", Cause.DISK_FULL,
          "25006", Cause.READ_ONLY,
          "58030", Cause.IO_ERROR,
          "55P03", Cause.NO_ANSWER,
          "57014", Cause.NO_ANSWER,
          "25P03", Cause.NO_ANSWER);

  DatabaseFailure(Cause cause, String words) {
    this(cause, words, words);
  }

  /** Returns the failure for an exception from the database, the driver or the pool. */
  static DatabaseFailure of(Throwable thrown, StorageSettings settings) {
    Cause cause = Cause.OTHER;
    Throwable driver = thrown;
    // The pool and Hibernate wrap the driver's exception, and the driver the network's: the
    // innermost one that is known is the most exact.
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof StoreReplacedException replaced) {
        return new DatabaseFailure(Cause.REPLACED, replaced.summary(), replaced.getMessage());
      }
      cause = ownCause(t).orElse(cause);
      driver = t instanceof SQLException ? t : driver;
    }
    // Some file systems report a full disk only when they flush, and SQLite then an I/O error.
    if (cause == Cause.IO_ERROR && isFull(settings)) {
      cause = Cause.DISK_FULL;
    }
    return new DatabaseFailure(
        cause,
        switch (cause) {
          case DISK_FULL -> "the disk is full";
          case READ_ONLY ->
              settings.isFile() ? "the file is read-only" : "the database is read-only";
          case IO_ERROR -> "the disk reports errors";
          case NO_ANSWER -> NO_ANSWER;
          case CONNECTION_LOST -> "the connection is lost";
          case LIBRARY, FILE_SYSTEM, NO_ACCESS, REPLACED, NEWER, OTHER -> firstLine(driver);
        });
  }

  /**
   * Returns whether a transaction failed only because of what another one did at the same time. It
   * has changed nothing, and may succeed if it runs again.
   */
  static boolean isConflict(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof ConstraintViolationException
          || (t instanceof SQLException sql
              && sql.getSQLState() != null
              && CONFLICTS.contains(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the failure of a database that did not answer in time. */
  static DatabaseFailure noAnswer() {
    return new DatabaseFailure(Cause.NO_ANSWER, NO_ANSWER);
  }

  private static boolean isFull(StorageSettings settings) {
    if (!settings.isFile()) {
      return false;
    }
    try {
      Path directory = settings.path().toAbsolutePath().getParent();
      return Files.getFileStore(directory).getUsableSpace() < FULL_BELOW;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the first line of an exception's message. */
  static String firstLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
  }

  private static Optional<Cause> ownCause(Throwable thrown) {
    if (thrown instanceof SocketTimeoutException) {
      return Optional.of(Cause.NO_ANSWER);
    }
    if (thrown instanceof NativeLibraryNotFoundException || thrown instanceof LinkageError) {
      return Optional.of(Cause.LIBRARY);
    }
    if (thrown instanceof Migrations.NewerDatabaseException) {
      return Optional.of(Cause.NEWER);
    }
    if (thrown instanceof AccessDeniedException) {
      return Optional.of(Cause.NO_ACCESS);
    }
    if (thrown instanceof SQLiteException sqlite) {
      if (SHARED_MEMORY.contains(sqlite.getResultCode().code)) {
        return Optional.of(Cause.FILE_SYSTEM);
      }
      return Optional.ofNullable(SQLITE_CAUSES.get(sqlite.getErrorCode() & SQLITE_PRIMARY_CODE));
    }
    return thrown instanceof SQLException sql ? ofServer(sql) : Optional.empty();
  }

  private static Optional<Cause> ofServer(SQLException thrown) {
    String state = thrown.getSQLState() == null ? "" : thrown.getSQLState();
    if (SQL_STATE_CAUSES.containsKey(state)) {
      return Optional.of(SQL_STATE_CAUSES.get(state));
    }
    if (state.startsWith("08") || state.startsWith("57P")) {
      return Optional.of(Cause.CONNECTION_LOST);
    }
    if (thrown instanceof SQLTransientConnectionException
        || thrown instanceof SQLTimeoutException) {
      return Optional.of(Cause.NO_ANSWER);
    }
    return thrown instanceof SQLNonTransientConnectionException
            || thrown instanceof SQLRecoverableException
        ? Optional.of(Cause.CONNECTION_LOST)
        : Optional.empty();
  }

  /** Returns what the operator can do, as a sentence. */
  String remedy(StorageSettings settings) {
    return finding(settings).remedy();
  }

  /** Returns the directory into which the driver unpacks its library. */
  private static String libraries() {
    return System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"));
  }

  /** Returns the finding of the doctor. */
  Finding finding(StorageSettings settings) {
    String check = "database";
    String name = settings.name();
    return switch (cause) {
      case DISK_FULL -> DoctorMessage.DATABASE_DISK_FULL.finding(check, name);
      case READ_ONLY ->
          settings.isFile()
              ? DoctorMessage.DATABASE_FILE_READ_ONLY.finding(check, name)
              : DoctorMessage.DATABASE_SERVER_READ_ONLY.finding(check, name);
      case IO_ERROR -> DoctorMessage.DATABASE_DISK_ERROR.finding(check, name);
      case NO_ANSWER ->
          settings.isFile()
              ? DoctorMessage.DATABASE_FILE_BUSY.finding(check, words, name)
              : DoctorMessage.DATABASE_SERVER_BUSY.finding(check, words, name);
      case CONNECTION_LOST -> DoctorMessage.DATABASE_UNREACHABLE.finding(check, words, name);
      case LIBRARY -> DoctorMessage.DATABASE_LIBRARY.finding(check, words, libraries());
      case FILE_SYSTEM -> DoctorMessage.DATABASE_FILE_SYSTEM.finding(check, words, name);
      case NO_ACCESS ->
          DoctorMessage.DATABASE_NO_ACCESS.finding(
              check, words, System.getProperty("user.name"), name);
      case REPLACED ->
          settings.isFile()
              ? DoctorMessage.DATABASE_FILE_REPLACED.finding(check, detail, name)
              : DoctorMessage.DATABASE_SERVER_REPLACED.finding(check, detail, name);
      case NEWER -> DoctorMessage.DATABASE_NEWER.finding(check, words, name);
      case OTHER -> DoctorMessage.DATABASE_FAILED.finding(check, words);
    };
  }
}
