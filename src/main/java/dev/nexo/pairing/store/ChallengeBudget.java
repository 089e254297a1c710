package dev.nexo.pairing.store;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * SQL on {@code pairing_challenge_budget}: how many challenges each account has made within an
 * hour. The hour begins with the first challenge after the last hour has ended. All servers share
 * the count, because the transaction that makes a request counts it.
 */
final class ChallengeBudget {

  static final Duration HOUR = Duration.ofHours(1);

  /**
   * How far in the future an hour may have begun, because the clocks of servers differ. One further
   * ahead is ended: a clock that was wrong must not stop challenges for longer than an hour.
   */
  static final Duration CLOCKS_APART = Duration.ofMinutes(5);

  /** The condition that the hour of the row {@code b} has not ended; its values: {@link #span}. */
  static final String CURRENT = "b.since > ? AND b.since <= ?";

  /** The condition {@link #CURRENT} in an upsert, whose new row has the current time. */
  private static final String STILL_CURRENT =
      "pairing_challenge_budget.since > excluded.since - "
          + HOUR.toSeconds()
          + " AND pairing_challenge_budget.since <= excluded.since + "
          + CLOCKS_APART.toSeconds();

  private static final String INSERT =
      "INSERT INTO pairing_challenge_budget (channel, account_id, since, challenges, reported)";

  private static final String COUNT =
      INSERT
          + " VALUES (?, ?, ?, 1, 0) ON CONFLICT (channel, account_id) DO UPDATE SET"
          + current("challenges", "pairing_challenge_budget.challenges + 1", "1")
          + ","
          + current("reported", "pairing_challenge_budget.reported", "0")
          + ","
          + current("since", "pairing_challenge_budget.since", "excluded.since");

  private static final String REPORT =
      INSERT
          + " VALUES (?, ?, ?, 0, 1) ON CONFLICT (channel, account_id) DO UPDATE SET reported = 1,"
          + current("challenges", "pairing_challenge_budget.challenges", "0")
          + ","
          + current("since", "pairing_challenge_budget.since", "excluded.since")
          + " WHERE pairing_challenge_budget.reported = 0 OR NOT ("
          + STILL_CURRENT
          + ")";

  private static final String REPORTED =
      "SELECT channel, account_id, since, challenges FROM pairing_challenge_budget b"
          + " WHERE reported = 1 AND "
          + CURRENT
          + " ORDER BY channel, account_id LIMIT ?";

  private ChallengeBudget() {}

  private static String current(String column, String then, String otherwise) {
    return " %s = CASE WHEN %s THEN %s ELSE %s END"
        .formatted(column, STILL_CURRENT, then, otherwise);
  }

  /** The two values of {@link #CURRENT}. */
  static Object[] span(Instant now) {
    return new Object[] {now.minus(HOUR).getEpochSecond(), now.plus(CLOCKS_APART).getEpochSecond()};
  }

  /** Counts a challenge. */
  static void count(Transaction tx, SenderKey sender, Instant now) throws SQLException {
    tx.run(COUNT, sender.channel(), sender.accountId(), now.getEpochSecond());
  }

  /** Returns whether this is the first report that the account's strangers are dropped. */
  static boolean report(Transaction tx, SenderKey sender, Instant now) throws SQLException {
    return tx.run(REPORT, sender.channel(), sender.accountId(), now.getEpochSecond()) > 0;
  }

  /** Returns the accounts on which strangers have been dropped within the current hour. */
  static List<UsedBudget> reported(StatementCache statements, Instant now, int limit)
      throws SQLException {
    Object[] span = span(now);
    return statements.list(
        REPORTED,
        row ->
            new UsedBudget(
                new ChannelAccount(row.getString(1), row.getString(2)),
                row.getInt(4),
                Instant.ofEpochSecond(row.getLong(3)).plus(HOUR)),
        span[0],
        span[1],
        limit);
  }
}
