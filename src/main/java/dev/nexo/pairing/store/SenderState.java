package dev.nexo.pairing.store;

import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.StatementCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a sender in allow-from and in the block list. Read through JDBC, because every
 * message of a sender that is not cached needs it ({@code MissBenchmark}).
 *
 * @param allowed the row of allow-from, active or not, or null
 * @param refusal the active denial or block, or null
 */
public record SenderState(AllowedSender allowed, Refusal refusal) {

  /** The state of a sender without any row. */
  public static final SenderState UNKNOWN = new SenderState(null, null);

  /** The maximum number of senders that one statement reads. */
  private static final int CHUNK = 500;

  private static final String ALLOWED =
      "SELECT sender_id, 0, approved_at, approved_via, revoked_at, expires_at, note,"
          + " role, labels, idle_secs, last_seen_at, members_only FROM pairing_allow_from"
          + " WHERE channel = ? AND account_id = ? AND sender_id ";

  private static final String BLOCKED =
      " UNION ALL SELECT sender_id, 1, blocked_at, NULL, denied_until, NULL, NULL,"
          + " NULL, NULL, NULL, NULL, NULL FROM pairing_blocked"
          + " WHERE channel = ? AND account_id = ? AND sender_id ";

  private static final String ONE = ALLOWED + "= ?" + BLOCKED + "= ?";

  private static final String IN = "IN (" + String.join(",", Collections.nCopies(CHUNK, "?")) + ")";

  private static final String MANY = ALLOWED + IN + BLOCKED + IN;

  /**
   * An active denial or block.
   *
   * @param reason {@link DropReason#DENIED} or {@link DropReason#BLOCKED}
   * @param since when the operator decided
   */
  public record Refusal(DropReason reason, Instant since) {}

  /** Returns whether the sender is in allow-from and the admission is active. */
  public boolean isAllowedAt(Instant now) {
    return allowed != null && allowed.inForceAt(now);
  }

  static SenderState one(StatementCache statements, SenderKey sender, Instant now)
      throws SQLException {
    SenderState state = UNKNOWN;
    for (SenderState row : statements.list(ONE, row -> of(row, sender, now), sender, sender)) {
      state = state.with(row);
    }
    return state;
  }

  /** Returns the states of those of these senders that have a row, by sender id. */
  static Map<String, SenderState> many(
      StatementCache statements, ChannelAccount account, List<String> senderIds, Instant now)
      throws SQLException {
    Map<String, SenderState> known = new HashMap<>();
    for (int start = 0; start < senderIds.size(); start += CHUNK) {
      List<Object> half = new ArrayList<>(List.of(account.channel(), account.accountId()));
      half.addAll(senderIds.subList(start, Math.min(start + CHUNK, senderIds.size())));
      while (half.size() < CHUNK + 2) {
        // Null equals no sender id.
        half.add(null);
      }
      List<Object> values = new ArrayList<>(half);
      values.addAll(half);
      statements.list(
          MANY,
          row -> {
            String id = row.getString(1);
            SenderKey sender = new SenderKey(account.channel(), account.accountId(), id);
            return known.merge(id, of(row, sender, now), SenderState::with);
          },
          values.toArray());
    }
    return known;
  }

  private SenderState with(SenderState other) {
    return new SenderState(
        other.allowed == null ? allowed : other.allowed,
        other.refusal == null ? refusal : other.refusal);
  }

  private static SenderState of(ResultSet row, SenderKey sender, Instant now) throws SQLException {
    if (row.getInt(2) == 0) {
      return new SenderState(
          new AllowedSender(
              sender,
              Instant.ofEpochSecond(row.getLong(3)),
              row.getString(4),
              seconds(row, 5),
              seconds(row, 6),
              row.getString(7),
              AllowEntity.role(row.getString(8)),
              AllowEntity.labels(row.getString(9)),
              AllowEntity.idle(number(row, 10)),
              seconds(row, 11),
              row.getInt(12) != 0),
          null);
    }
    long deniedUntil = row.getLong(5);
    boolean blocked = row.wasNull();
    if (!blocked && deniedUntil <= now.toEpochMilli()) {
      return UNKNOWN;
    }
    Instant since = Instant.ofEpochMilli(row.getLong(3));
    return new SenderState(
        null, new Refusal(blocked ? DropReason.BLOCKED : DropReason.DENIED, since));
  }

  private static Instant seconds(ResultSet row, int column) throws SQLException {
    return AllowEntity.time(number(row, column));
  }

  private static Long number(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
