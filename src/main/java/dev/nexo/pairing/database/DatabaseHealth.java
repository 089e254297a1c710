package dev.nexo.pairing.database;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.LogMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the database accepts changes, according to the last check and the changes since then.
 * Logs one line when an outage begins and one when it ends, even if many changes fail in between.
 * Thread-safe.
 */
final class DatabaseHealth {

  /** Logs under the name of the database, because operators do not know this class. */
  private static final Logger LOG = System.getLogger("dev.nexo.pairing.database.Database");

  /** How long a successful check is valid. */
  static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * The minimum time between two log lines about the same outage, or about changes that failed
   * individually.
   */
  private static final long REPEAT_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** A failure that follows a recovery sooner than this continues the previous outage. */
  private static final long RECOVERED_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * The state of the database at the last check or change.
   *
   * @param at when this became known, on the clock of {@link System#nanoTime}
   * @param taken how long the last successful check took
   * @param failure why the database does not accept changes, or null if it does
   */
  record Known(long at, Duration taken, DatabaseFailure failure) {

    boolean writable() {
      return failure == null;
    }
  }

  private final StorageSettings settings;
  private final LongSupplier nanos;
  private volatile Known known;
  private boolean stopped;
  private boolean reported;
  private String reportedWords;
  private long reportedAt;
  private long recoveredAt;
  private long singleReportedAt;

  DatabaseHealth(StorageSettings settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
    long now = nanos.getAsLong();
    reportedAt = now - REPEAT_NANOS;
    recoveredAt = now - RECOVERED_NANOS;
    singleReportedAt = now - REPEAT_NANOS;
    known = new Known(now, Duration.ZERO, notOpen("not opened yet"));
  }

  private static DatabaseFailure notOpen(String reason) {
    return new DatabaseFailure(DatabaseFailure.Cause.OTHER, "not open: " + reason);
  }

  Known known() {
    return known;
  }

  /** Records that the database is open; whether it accepts changes is not checked yet. */
  synchronized void opened() {
    stopped = false;
    recover();
    known = unchecked();
  }

  private Known unchecked() {
    return new Known(nanos.getAsLong() - VALID_NANOS, Duration.ZERO, null);
  }

  /** Records that a check succeeded. */
  synchronized void checked(Duration taken) {
    if (stopped) {
      return;
    }
    recover();
    known = new Known(nanos.getAsLong(), taken, null);
  }

  /** Records that a check failed. */
  void checkFailed(Throwable thrown) {
    fail(DatabaseFailure.of(thrown, settings), thrown);
  }

  /** Records that a change succeeded. Takes almost no time while the database accepts changes. */
  void changed() {
    if (!known.writable()) {
      synchronized (this) {
        if (!known.writable() && !stopped) {
          recover();
          // The next check writes again: this change may have been smaller than those that failed.
          known = unchecked();
        }
      }
    }
  }

  /** Records that a change, or a read, failed. */
  void callFailed(Throwable thrown) {
    DatabaseFailure failure = DatabaseFailure.of(thrown, settings);
    if (failure.cause().affectsEveryChange()) {
      fail(failure, thrown);
    } else {
      reportSingle(failure, thrown);
    }
  }

  /** Records that the database cannot be opened, so there are no connections to it. */
  synchronized void openFailed(Throwable thrown) {
    DatabaseFailure found = DatabaseFailure.of(thrown, settings);
    DatabaseFailure failure =
        new DatabaseFailure(found.cause(), notOpen(DatabaseFailure.firstLine(thrown)).words());
    known = new Known(nanos.getAsLong(), Duration.ZERO, failure);
    if (isNews(failure)) {
      report(failure);
      LogMessage.DATABASE_NOT_OPENED.log(
          LOG, settings.name(), DatabaseFailure.firstLine(thrown), failure.remedy(settings));
    }
  }

  /** Records that the server has closed the database. */
  synchronized void stopped() {
    stopped = true;
    known = new Known(nanos.getAsLong(), Duration.ZERO, notOpen("stopped"));
  }

  private synchronized void fail(DatabaseFailure failure, Throwable thrown) {
    if (stopped) {
      return;
    }
    known = new Known(nanos.getAsLong(), Duration.ZERO, failure);
    LOG.log(Level.DEBUG, "The database failed", thrown);
    if (isNews(failure)) {
      report(failure);
      LogMessage message =
          failure.cause() == DatabaseFailure.Cause.REPLACED
              ? LogMessage.DATABASE_REPLACED
              : LogMessage.DATABASE_NOT_WRITABLE;
      message.log(LOG, settings.name(), failure.detail(), failure.remedy(settings));
    }
  }

  /**
   * Returns whether a failure has to be logged: it begins an outage or changes the cause of one.
   */
  private boolean isNews(DatabaseFailure failure) {
    long now = nanos.getAsLong();
    if (reported && failure.words().equals(reportedWords)) {
      return false;
    }
    boolean begins = !reported && now - recoveredAt >= RECOVERED_NANOS;
    return begins || now - reportedAt >= REPEAT_NANOS;
  }

  private void report(DatabaseFailure failure) {
    reported = true;
    reportedWords = failure.words();
    reportedAt = nanos.getAsLong();
  }

  private void recover() {
    if (!known.writable()) {
      recoveredAt = nanos.getAsLong();
    }
    if (reported) {
      reported = false;
      LogMessage.DATABASE_WRITABLE.log(LOG, settings.name());
    }
  }

  private synchronized void reportSingle(DatabaseFailure failure, Throwable thrown) {
    long now = nanos.getAsLong();
    boolean due = known.writable() && now - singleReportedAt >= REPEAT_NANOS;
    // Nobody has seen the cause of an unknown failure, so its stack trace is needed once.
    LogMessage.DATABASE_ERROR.log(
        LOG,
        due && failure.cause() == DatabaseFailure.Cause.OTHER ? Level.WARNING : Level.DEBUG,
        thrown);
    if (due) {
      singleReportedAt = now;
      LogMessage.DATABASE_CALL_FAILED.log(
          LOG, settings.name(), failure.words(), failure.remedy(settings));
    }
  }
}
