package dev.nexo.pairing.store;

import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.internal.RecentActivity;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Counts entries of the audit trail and of the dropped senders by hour. */
@Component
class DatabaseRecentActivity implements RecentActivity {

  /** The maximum number of entries of the audit trail that a report reads. */
  private static final int MAX_ENTRIES = 100_000;

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  private static final String AUDITED =
      "SELECT at / 3600000, action, count(*) FROM pairing_audit WHERE id > ? AND at >= ?"
          + " AND action IN ('challenged', 'approved', 'denied', 'blocked')"
          + " GROUP BY at / 3600000, action";

  private static final String DROPPED =
      "SELECT last_at / 3600000, count(*) FROM pairing_dropped WHERE last_at >= ?"
          + " GROUP BY last_at / 3600000";

  private static final String IS_OLDER = "SELECT 1 FROM pairing_audit WHERE id = ? AND at < ?";

  private static final String TOTALS =
      "SELECT (SELECT count(*) FROM pairing_pending WHERE created_at > ?),"
          + " (SELECT count(*) FROM pairing_blocked WHERE denied_until > ?),"
          + " (SELECT count(*) FROM pairing_blocked WHERE denied_until IS NULL),"
          + " (SELECT count(*) FROM pairing_dropped)";

  private final Database database;
  private final Clock clock;

  @Inject
  DatabaseRecentActivity(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** An hour since 1970, and what is counted in it. */
  private record Cell(long hour, String what) {}

  @Override
  public Report report() {
    Instant now = clock.instant();
    return database.query(statements -> report(statements, now));
  }

  private static Report report(StatementCache statements, Instant now) throws SQLException {
    Instant first = now.truncatedTo(ChronoUnit.HOURS).minus(HOURS - 1L, ChronoUnit.HOURS);
    long from = first.toEpochMilli();
    long bound = AuditTrail.newest(statements) - MAX_ENTRIES;
    Map<Cell, Long> counts = new HashMap<>();
    statements.list(
        AUDITED,
        row -> counts.put(new Cell(row.getLong(1), row.getString(2)), row.getLong(3)),
        bound,
        from);
    statements.list(
        DROPPED, row -> counts.put(new Cell(row.getLong(1), "dropped"), row.getLong(2)), from);
    boolean complete =
        bound <= 0 || statements.first(IS_OLDER, row -> true, bound, from).isPresent();
    List<Hour> hours =
        IntStream.range(0, HOURS).mapToObj(i -> hour(counts, from / HOUR_MILLIS + i)).toList();
    return statements
        .first(
            TOTALS,
            row ->
                new Report(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    complete,
                    hours),
            PendingEntity.newestExpired(now),
            now.toEpochMilli())
        .orElseThrow();
  }

  private static Hour hour(Map<Cell, Long> counts, long hour) {
    return new Hour(
        Instant.ofEpochMilli(hour * HOUR_MILLIS),
        of(counts, hour, AuditAction.CHALLENGED.wireName()),
        of(counts, hour, AuditAction.APPROVED.wireName()),
        of(counts, hour, AuditAction.DENIED.wireName()),
        of(counts, hour, AuditAction.BLOCKED.wireName()),
        of(counts, hour, "dropped"));
  }

  private static long of(Map<Cell, Long> counts, long hour, String what) {
    return counts.getOrDefault(new Cell(hour, what), 0L);
  }
}
