package dev.nexo.pairing.notice;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.json.ClaimedName;
import dev.nexo.pairing.notice.Notice.Request;
import dev.nexo.pairing.store.PendingEntity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads the requests that operators were not told of, and marks them. */
final class NoticeStatements {

  /** The least time between two notices. */
  static final Duration PAUSE = Duration.ofSeconds(60);

  /** A time in a far future means that a clock was set back; it must not delay notices. */
  private static final String PAUSED = "planned_at > ? AND planned_at <= ?";

  private static final String DUE =
      "SELECT 1 FROM pairing_notice_plan WHERE NOT ("
          + PAUSED
          + ") AND EXISTS (SELECT 1 FROM pairing_pending WHERE told_at IS NULL AND created_at > ?)";

  private static final String PLAN =
      "UPDATE pairing_notice_plan SET planned_at = ? WHERE NOT (" + PAUSED + ")";

  private static final String UNTOLD =
      "SELECT request_id, number, channel, account_id, sender_id, meta_json, first_text, created_at"
          + " FROM pairing_pending WHERE told_at IS NULL AND created_at > ?"
          + " ORDER BY created_at, number LIMIT "
          + Notice.MAX;

  private static final String TELL =
      "UPDATE pairing_pending SET told_at = ? WHERE request_id = ? AND told_at IS NULL";

  private NoticeStatements() {}

  /** Returns whether there is a live request to be told now. */
  static boolean isDue(StatementCache statements, Instant now) throws SQLException {
    return statements
        .first(
            DUE,
            row -> true,
            now.minus(PAUSE).toEpochMilli(),
            now.plus(PAUSE).toEpochMilli(),
            PendingEntity.newestExpired(now))
        .isPresent();
  }

  /**
   * Takes the live requests that were not told yet, so that no server takes them again; none if
   * others were told within the last minute.
   */
  static List<Request> take(Transaction tx, Instant now) throws SQLException {
    List<Request> untold =
        tx.statements().list(UNTOLD, NoticeStatements::request, PendingEntity.newestExpired(now));
    long millis = now.toEpochMilli();
    if (untold.isEmpty()
        || tx.run(PLAN, millis, millis - PAUSE.toMillis(), millis + PAUSE.toMillis()) == 0) {
      return List.of();
    }
    for (Request request : untold) {
      tx.run(TELL, millis, request.requestId());
    }
    return untold;
  }

  private static Request request(ResultSet row) throws SQLException {
    Instant created = Instant.ofEpochSecond(row.getLong(8));
    String text = row.getString(7);
    return new Request(
        row.getString(1),
        row.getLong(2),
        new SenderKey(row.getString(3), row.getString(4), row.getString(5)),
        ClaimedName.in(row.getString(6)),
        FirstWords.line(text),
        created,
        created.plus(PendingEntity.LIFETIME));
  }
}
