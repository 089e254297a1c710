package dev.nexo.pairing.store;

import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.store.ChallengeOutcome.Pending;
import dev.nexo.pairing.store.ChallengeOutcome.SlotsFull;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads, in one statement, what waits for a sender and its account. Plain JDBC, because a flood of
 * strangers asks it for every message: {@code MissBenchmark}.
 */
final class PendingRequestQuery {

  private static final String SELECT =
      "SELECT (SELECT count(*) FROM pairing_pending"
          + " WHERE channel = ? AND account_id = ? AND created_at > ?),"
          + " p.request_id, p.code, p.created_at, p.first_text, p.meta_json, o.id, o.sent_at"
          + " FROM (SELECT 1 AS one) AS always"
          + " LEFT JOIN pairing_pending p ON p.channel = ? AND p.account_id = ?"
          + " AND p.sender_id = ? AND p.created_at > ?"
          + " LEFT JOIN pairing_outbox o ON o.request_id = p.request_id AND o.kind = 'challenge'";

  private PendingRequestQuery() {}

  static Optional<ChallengeOutcome> find(StatementCache statements, SenderKey sender, Instant now)
      throws SQLException {
    long expired = PendingEntity.newestExpired(now);
    PreparedStatement select = statements.of(SELECT);
    select.setString(1, sender.channel());
    select.setString(2, sender.accountId());
    select.setLong(3, expired);
    select.setString(4, sender.channel());
    select.setString(5, sender.accountId());
    select.setString(6, sender.senderId());
    select.setLong(7, expired);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      String requestId = row.getString(2);
      if (requestId != null) {
        return Optional.of(new Pending(request(row, requestId, sender), delivery(row)));
      }
      return row.getInt(1) >= GateStore.SLOTS ? Optional.of(new SlotsFull()) : Optional.empty();
    }
  }

  /** Whether the sender has a row that ran out and is not cleared away yet. */
  static boolean hasRunOut(StatementCache statements, SenderKey sender, Instant now)
      throws SQLException {
    PreparedStatement select =
        statements.of(
            "SELECT 1 FROM pairing_pending"
                + " WHERE channel = ? AND account_id = ? AND sender_id = ? AND created_at <= ?");
    select.setString(1, sender.channel());
    select.setString(2, sender.accountId());
    select.setString(3, sender.senderId());
    select.setLong(4, PendingEntity.newestExpired(now));
    try (ResultSet row = select.executeQuery()) {
      return row.next();
    }
  }

  private static PendingRequest request(ResultSet row, String requestId, SenderKey sender)
      throws SQLException {
    Instant created = Instant.ofEpochSecond(row.getLong(4));
    return new PendingRequest(
        requestId,
        sender,
        new PairingCode(row.getString(3)),
        created,
        created.plus(PendingEntity.LIFETIME),
        row.getString(5),
        row.getString(6));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    if (row.getString(7) == null) {
      return Delivery.NOT_ASKED;
    }
    row.getLong(8);
    return row.wasNull() ? Delivery.QUEUED : Delivery.SENT;
  }
}
