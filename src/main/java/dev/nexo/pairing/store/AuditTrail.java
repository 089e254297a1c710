package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes the audit trail, always in the transaction of the change it tells of, and reads on. */
public final class AuditTrail {

  private static final String INSERT =
      "INSERT INTO pairing_audit"
          + " (at, actor, surface, action, channel, account_id, sender_id, detail, subject)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String AFTER =
      "SELECT id, at, actor, surface, action, channel, account_id, sender_id, detail, subject"
          + " FROM pairing_audit WHERE id > ? ORDER BY id LIMIT ?";
  private static final String NEWEST = "SELECT coalesce(max(id), 0) FROM pairing_audit";

  private AuditTrail() {}

  /**
   * Adds a line that is about nothing that has an id.
   *
   * @param sender whom it is about, or null
   * @param detail the circumstances, or null; never a secret
   * @throws SQLException where the database turns it down
   */
  public static void append(
      Transaction tx, Instant at, Actor by, AuditAction action, SenderKey sender, String detail)
      throws SQLException {
    append(tx, at, by, action, sender, detail, null);
  }

  /**
   * Adds a line.
   *
   * @param sender whom it is about, or null
   * @param detail the circumstances, or null; never a secret
   * @param subject what it is about, as in {@link dev.nexo.pairing.AuditEntry#subject()}
   * @throws SQLException where the database turns it down
   */
  public static void append(
      Transaction tx,
      Instant at,
      Actor by,
      AuditAction action,
      SenderKey sender,
      String detail,
      String subject)
      throws SQLException {
    fill(tx.statements().of(INSERT), at, by, action, sender, detail, subject).executeUpdate();
  }

  /** One line for each of these senders, in one batch. */
  static void appendAll(
      Transaction tx, Instant at, Actor by, AuditAction action, Collection<SenderKey> senders)
      throws SQLException {
    PreparedStatement insert = tx.statements().of(INSERT);
    for (SenderKey sender : senders) {
      fill(insert, at, by, action, sender, null, null).addBatch();
    }
    insert.executeBatch();
  }

  /** The lines after this id, oldest first; by the primary key, however many there are. */
  static List<AuditEntry> after(StatementCache statements, long id, int limit) throws SQLException {
    PreparedStatement select = statements.of(AFTER);
    select.setLong(1, id);
    select.setInt(2, limit);
    List<AuditEntry> lines = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        lines.add(entry(row));
      }
    }
    return lines;
  }

  /** The id of the newest line, or 0. */
  static long newest(StatementCache statements) throws SQLException {
    try (ResultSet row = statements.of(NEWEST).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    String channel = row.getString(6);
    return new AuditEntry(
        row.getLong(1),
        Instant.ofEpochMilli(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        channel == null ? null : new SenderKey(channel, row.getString(7), row.getString(8)),
        row.getString(9),
        row.getString(10));
  }

  private static PreparedStatement fill(
      PreparedStatement insert,
      Instant at,
      Actor by,
      AuditAction action,
      SenderKey sender,
      String detail,
      String subject)
      throws SQLException {
    insert.setLong(1, at.toEpochMilli());
    insert.setString(2, by.name());
    insert.setString(3, by.surface().wireName());
    insert.setString(4, action.wireName());
    insert.setString(5, sender == null ? null : sender.channel());
    insert.setString(6, sender == null ? null : sender.accountId());
    insert.setString(7, sender == null ? null : sender.senderId());
    insert.setString(8, detail);
    insert.setString(9, subject);
    return insert;
  }
}
