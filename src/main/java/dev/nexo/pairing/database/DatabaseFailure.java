package dev.nexo.pairing.database;

import dev.nexo.pairing.config.StorageSettings;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Why the database takes no changes.
 *
 * @param cause the kind of the failure
 * @param words the cause for people, without a full stop, for instance {@code the disk is full}
 */
record DatabaseFailure(Cause cause, String words) {

  /** The kinds of failures that need different remedies. */
  enum Cause {
    DISK_FULL,
    READ_ONLY,
    IO_ERROR,
    NO_ANSWER,
    CONNECTION_LOST,
    /** Everything else; the message of the database says what. */
    OTHER;

    /**
     * Whether one failed change means that others fail too. A change that waited too long for its
     * turn, or that the database refused for what is in it, says nothing about others.
     */
    boolean affectsEveryChange() {
      return this != NO_ANSWER && this != OTHER;
    }
  }

  /** The primary result codes of SQLite; an extended code has further bits above them. */
  private static final int SQLITE_PRIMARY_CODE = 0xff;

  /** A disk with fewer usable bytes has no space for a change. */
  private static final long FULL_BELOW = 64L << 10;

  /** Finds the cause of what a database or a driver threw. */
  static DatabaseFailure of(Throwable thrown, StorageSettings settings) {
    Cause cause = cause(thrown).orElse(Cause.OTHER);
    // Some file systems report a full disk only when they flush, and SQLite then an I/O error.
    return of(
        cause == Cause.IO_ERROR && isFull(settings) ? Cause.DISK_FULL : cause, thrown, settings);
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

  private static DatabaseFailure of(Cause cause, Throwable thrown, StorageSettings settings) {
    return new DatabaseFailure(
        cause,
        switch (cause) {
          case DISK_FULL -> "the disk is full";
          case READ_ONLY ->
              settings.isFile() ? "the file is read-only" : "the database is read-only";
          case IO_ERROR -> "the disk reports errors";
          case NO_ANSWER -> "no answer within 5 s";
          case CONNECTION_LOST -> "the connection is lost";
          case OTHER -> firstLine(innermost(thrown));
        });
  }

  /** Reports that the database did not answer in time. */
  static DatabaseFailure noAnswer(StorageSettings settings) {
    return of(Cause.NO_ANSWER, null, settings);
  }

  /** What the driver threw, without the layers that wrap it. */
  private static Throwable innermost(Throwable thrown) {
    Throwable found = thrown;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      found = t instanceof SQLException ? t : found;
    }
    return found;
  }

  /** The first line of the message of an exception. */
  static String firstLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
  }

  private static Optional<Cause> cause(Throwable thrown) {
    Optional<Cause> found = Optional.empty();
    // The pool and Hibernate wrap what the driver threw, and the driver what the network did: the
    // innermost cause that is known is the most exact one.
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      Optional<Cause> here = ownCause(t);
      found = here.isPresent() ? here : found;
    }
    return found;
  }

  private static Optional<Cause> ownCause(Throwable thrown) {
    if (thrown instanceof SocketTimeoutException) {
      return Optional.of(Cause.NO_ANSWER);
    }
    if (thrown instanceof SQLiteException sqlite) {
      return ofSqlite(sqlite.getErrorCode() & SQLITE_PRIMARY_CODE);
    }
    return thrown instanceof SQLException sql ? ofServer(sql) : Optional.empty();
  }

  private static Optional<Cause> ofSqlite(int primaryCode) {
    if (primaryCode == SQLiteErrorCode.SQLITE_FULL.code) {
      return Optional.of(Cause.DISK_FULL);
    }
    if (primaryCode == SQLiteErrorCode.SQLITE_READONLY.code) {
      return Optional.of(Cause.READ_ONLY);
    }
    if (primaryCode == SQLiteErrorCode.SQLITE_IOERR.code) {
      return Optional.of(Cause.IO_ERROR);
    }
    if (primaryCode == SQLiteErrorCode.SQLITE_BUSY.code
        || primaryCode == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return Optional.of(Cause.NO_ANSWER);
    }
    return Optional.empty();
  }

  private static Optional<Cause> ofServer(SQLException thrown) {
    String state = thrown.getSQLState() == null ? "" : thrown.getSQLState();
    switch (state) {
      case "53100":
        return Optional.of(Cause.DISK_FULL);
      case "25006":
        return Optional.of(Cause.READ_ONLY);
      case "58030":
        return Optional.of(Cause.IO_ERROR);
      case "55P03", "57014", "25P03":
        return Optional.of(Cause.NO_ANSWER);
      default:
        break;
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

  /** What the operator does about it, as a sentence. */
  String remedy(StorageSettings settings) {
    String name = settings.name();
    String recovers = "; the server recovers by itself.";
    return switch (cause) {
      case DISK_FULL -> "Free space on the disk that holds " + name + recovers;
      case READ_ONLY ->
          settings.isFile()
              ? "Give the server's user the right to write "
                  + name
                  + ", the files -wal and -shm beside it and their directory, and check that the"
                  + " disk is not mounted read-only"
                  + recovers
              : "Connect to a primary server that allows changes, or turn off"
                  + " default_transaction_read_only for "
                  + name
                  + recovers;
      case IO_ERROR ->
          "Check the disk that holds " + name + " and the kernel's log for its errors" + recovers;
      case NO_ANSWER ->
          settings.isFile()
              ? "Check whether another program keeps "
                  + name
                  + " locked or its disk is busy"
                  + recovers
              : "Check the load of the database server and the network to " + name + recovers;
      case CONNECTION_LOST ->
          "Check that the database server runs and that this server can reach " + name + recovers;
      case OTHER ->
          "Check pairing.storage and that the server's user may write there; the server tries"
              + " again every second.";
    };
  }
}
