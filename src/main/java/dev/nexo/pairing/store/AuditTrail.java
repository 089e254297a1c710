package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.SenderKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import org.hibernate.StatelessSession;

/** Writes the audit trail, always in the transaction of the change it tells of. */
final class AuditTrail {

  private AuditTrail() {}

  static void append(
      StatelessSession session,
      Instant at,
      Actor by,
      String action,
      SenderKey sender,
      String detail) {
    AuditRow row = new AuditRow();
    row.at = at.toEpochMilli();
    row.actor = by.name();
    row.surface = by.surface().word();
    row.action = action;
    if (sender != null) {
      row.channel = sender.channel();
      row.accountId = sender.accountId();
      row.senderId = sender.senderId();
    }
    row.detail = detail;
    session.insert(row);
  }

  /** One line for each of these senders, in one batch. */
  static void appendAll(
      Connection connection, Instant at, Actor by, String action, Collection<SenderKey> senders)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO pairing_audit (at, actor, surface, action, channel, account_id, sender_id)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (SenderKey sender : senders) {
        insert.setLong(1, at.toEpochMilli());
        insert.setString(2, by.name());
        insert.setString(3, by.surface().word());
        insert.setString(4, action);
        insert.setString(5, sender.channel());
        insert.setString(6, sender.accountId());
        insert.setString(7, sender.senderId());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
