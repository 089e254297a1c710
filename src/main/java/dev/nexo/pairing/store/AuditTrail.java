package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.SenderKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;

/** Writes the audit trail, always in the transaction of the change it tells of. */
public final class AuditTrail {

  private static final String INSERT =
      "INSERT INTO pairing_audit"
          + " (at, actor, surface, action, channel, account_id, sender_id, detail)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  private AuditTrail() {}

  /**
   * Adds a line.
   *
   * @param sender whom it is about, or null
   * @param detail the circumstances, or null; never a secret
   * @throws SQLException where the database turns it down
   */
  public static void append(
      Transaction tx, Instant at, Actor by, String action, SenderKey sender, String detail)
      throws SQLException {
    fill(tx.statements().of(INSERT), at, by, action, sender, detail).executeUpdate();
  }

  /** One line for each of these senders, in one batch. */
  static void appendAll(
      Transaction tx, Instant at, Actor by, String action, Collection<SenderKey> senders)
      throws SQLException {
    PreparedStatement insert = tx.statements().of(INSERT);
    for (SenderKey sender : senders) {
      fill(insert, at, by, action, sender, null).addBatch();
    }
    insert.executeBatch();
  }

  private static PreparedStatement fill(
      PreparedStatement insert,
      Instant at,
      Actor by,
      String action,
      SenderKey sender,
      String detail)
      throws SQLException {
    insert.setLong(1, at.toEpochMilli());
    insert.setString(2, by.name());
    insert.setString(3, by.surface().word());
    insert.setString(4, action);
    insert.setString(5, sender == null ? null : sender.channel());
    insert.setString(6, sender == null ? null : sender.accountId());
    insert.setString(7, sender == null ? null : sender.senderId());
    insert.setString(8, detail);
    return insert;
  }
}
