package dev.nexo.pairing.store;

import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.store.SenderState.Refusal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what is known of senders. Plain JDBC: it is the one question asked for every message that
 * the cache cannot answer, and {@code MissBenchmark} holds it to three times the bare statement.
 */
final class SenderStateQuery {

  /** How many senders one statement asks for. */
  static final int CHUNK = 500;

  private static final String ALLOWED =
      "SELECT sender_id, 0, approved_at, approved_via, revoked_at, expires_at, note"
          + " FROM pairing_allow_from WHERE channel = ? AND account_id = ? AND sender_id ";
  private static final String BLOCKED =
      " UNION ALL SELECT sender_id, 1, blocked_at, NULL, denied_until, NULL, NULL"
          + " FROM pairing_blocked WHERE channel = ? AND account_id = ? AND sender_id ";
  private static final String ONE = ALLOWED + "= ?" + BLOCKED + "= ?";
  private static final String MANY = ALLOWED + in() + BLOCKED + in();

  private SenderStateQuery() {}

  private static String in() {
    return "IN (" + String.join(",", Collections.nCopies(CHUNK, "?")) + ")";
  }

  static SenderState one(StatementCache statements, SenderKey sender, Instant now)
      throws SQLException {
    PreparedStatement select = statements.of(ONE);
    for (int i = 0; i < 6; i += 3) {
      select.setString(i + 1, sender.channel());
      select.setString(i + 2, sender.accountId());
      select.setString(i + 3, sender.senderId());
    }
    try (ResultSet rows = select.executeQuery()) {
      SenderState state = SenderState.UNKNOWN;
      while (rows.next()) {
        state = add(state, rows, sender, now);
      }
      return state;
    }
  }

  /** Those of these senders that anything is known of, by sender id. */
  static Map<String, SenderState> many(
      StatementCache statements, ChannelAccount account, List<String> senderIds, Instant now)
      throws SQLException {
    Map<String, SenderState> known = new HashMap<>();
    for (int start = 0; start < senderIds.size(); start += CHUNK) {
      List<String> chunk = senderIds.subList(start, Math.min(start + CHUNK, senderIds.size()));
      PreparedStatement select = statements.of(MANY);
      int at = 1;
      for (int half = 0; half < 2; half++) {
        select.setString(at++, account.channel());
        select.setString(at++, account.accountId());
        for (int i = 0; i < CHUNK; i++) {
          // A short last chunk is filled up with null, which equals nothing.
          select.setString(at++, i < chunk.size() ? chunk.get(i) : null);
        }
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String id = rows.getString(1);
          SenderKey sender = new SenderKey(account.channel(), account.accountId(), id);
          SenderState before = known.getOrDefault(id, SenderState.UNKNOWN);
          known.put(id, add(before, rows, sender, now));
        }
      }
    }
    return known;
  }

  private static SenderState add(SenderState state, ResultSet row, SenderKey sender, Instant now)
      throws SQLException {
    if (row.getInt(2) == 0) {
      AllowedSender allowed =
          new AllowedSender(
              sender,
              Instant.ofEpochSecond(row.getLong(3)),
              row.getString(4),
              seconds(row, 5),
              seconds(row, 6),
              row.getString(7));
      return new SenderState(allowed, state.refusal());
    }
    long deniedUntil = row.getLong(5);
    boolean blocked = row.wasNull();
    if (!blocked && deniedUntil <= now.toEpochMilli()) {
      return state;
    }
    DropReason reason = blocked ? DropReason.BLOCKED : DropReason.DENIED;
    return new SenderState(
        state.allowed(), new Refusal(reason, Instant.ofEpochMilli(row.getLong(3))));
  }

  private static Instant seconds(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochSecond(value);
  }
}
