package dev.nexo.pairing.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Commits a change to check whether the database accepts changes. It writes at most once a second,
 * however often it is called, and in one thread at a time. It does not wait for the turn of the
 * changes, so many changes do not make the server unready. Thread-safe.
 *
 * <p>No caller waits for the check of another caller. While a check runs, the others get the
 * previous result; if it has been running for 2 s, the database is not writable.
 */
final class WriteProbe {

  /** How long a failure is valid: shorter than a success, so that a recovery is detected soon. */
  private static final long FAILURE_REUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** How long a check may run until it is treated as failed. */
  private static final long OVERDUE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /**
   * How many changes a check makes after a failure. One change of one row may still fit in the last
   * bytes of SQLite's log; a pairing request needs about a dozen pages.
   */
  private static final int CHANGES_AFTER_FAILURE = 16;

  /**
   * The time after which no further changes are made after a failure: on a slow disk, fewer are
   * enough.
   */
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final String COUNT =
      "INSERT INTO pairing_storage_check (id, writes) VALUES (1, 1)"
          + " ON CONFLICT (id) DO UPDATE SET writes = pairing_storage_check.writes + 1";

  private final DatabaseHealth health;
  private final LongSupplier nanos;

  /** When the running check started; null if none runs. */
  private final AtomicReference<Long> running = new AtomicReference<>();

  private volatile long endedAt;

  WriteProbe(DatabaseHealth health, LongSupplier nanos) {
    this.health = health;
    this.nanos = nanos;
    this.endedAt = nanos.getAsLong() - DatabaseHealth.VALID_NANOS;
  }

  /** Returns the current state; writes to the database first if the last result is too old. */
  DatabaseHealth.Known run(OpenDatabase storage) {
    DatabaseHealth.Known known = health.known();
    if (isValid(known)) {
      return known;
    }
    long now = nanos.getAsLong();
    Long startedAt = running.compareAndExchange(null, now);
    if (startedAt != null) {
      return now - startedAt < OVERDUE_NANOS
          ? known
          : new DatabaseHealth.Known(now, Duration.ZERO, DatabaseFailure.noAnswer());
    }
    try {
      // Another thread may have completed a check.
      DatabaseHealth.Known latest = health.known();
      if (!isValid(latest)) {
        write(storage, latest.writable() ? 1 : CHANGES_AFTER_FAILURE);
      }
      return health.known();
    } finally {
      running.set(null);
    }
  }

  /**
   * Returns whether a result is recent enough. Failed changes renew a failure repeatedly and must
   * not postpone the check forever.
   */
  private boolean isValid(DatabaseHealth.Known known) {
    long now = nanos.getAsLong();
    return known.writable()
        ? now - known.at() < DatabaseHealth.VALID_NANOS
        : now - known.at() < FAILURE_REUSED_NANOS && now - endedAt < DatabaseHealth.VALID_NANOS;
  }

  private void write(OpenDatabase storage, int changes) {
    long start = nanos.getAsLong();
    try {
      storage.transaction(Turn.NONE, tx -> tx.run(COUNT));
      Duration taken = Duration.ofNanos(nanos.getAsLong() - start);
      for (int i = 1; i < changes && nanos.getAsLong() - start < ENOUGH_NANOS; i++) {
        storage.transaction(Turn.NONE, tx -> tx.run(COUNT));
      }
      health.checked(taken);
    } catch (SQLException | RuntimeException e) {
      health.checkFailed(e);
    } finally {
      endedAt = nanos.getAsLong();
    }
  }
}
