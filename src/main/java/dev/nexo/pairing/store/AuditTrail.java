package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Cursor;
import dev.nexo.pairing.database.PagedQuery;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Writes and reads the audit trail. An entry is written in the transaction of its change. Triggers
 * of the database prevent changes and deletions of entries.
 */
public final class AuditTrail {

  private static final String TABLE = "pairing_audit";

  private static final String INSERT =
      "INSERT INTO pairing_audit"
          + " (at, actor, surface, action, channel, account_id, sender_id, detail, subject)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private AuditTrail() {}

  /**
   * Adds an entry without a subject.
   *
   * @param sender the sender that is concerned, or null
   * @param detail the circumstances, or null; never a secret
   * @throws SQLException if the database refuses the entry
   */
  public static void append(
      Transaction tx, Instant at, Actor by, AuditAction action, SenderKey sender, String detail)
      throws SQLException {
    append(tx, at, by, action, sender, detail, null);
  }

  /**
   * Adds an entry.
   *
   * @param sender the sender that is concerned, or null
   * @param detail the circumstances, or null; never a secret
   * @param subject as in {@link AuditEntry#subject()}
   * @throws SQLException if the database refuses the entry
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
    tx.run(INSERT, values(at, by, action, sender, detail, subject));
  }

  /** Adds an entry for each of these senders, with a detail or null, in one batch. */
  static void appendAll(
      Transaction tx, Instant at, Actor by, AuditAction action, Map<SenderKey, String> details)
      throws SQLException {
    for (Map.Entry<SenderKey, String> one : details.entrySet()) {
      Object[] values = values(at, by, action, one.getKey(), one.getValue(), null);
      tx.statements().bind(INSERT, values).addBatch();
    }
    tx.statements().of(INSERT).executeBatch();
  }

  private static Object[] values(
      Instant at, Actor by, AuditAction action, SenderKey sender, String detail, String subject) {
    return new Object[] {
      at.toEpochMilli(),
      by.name(),
      by.surface().wireName(),
      action.wireName(),
      sender == null ? null : sender.channel(),
      sender == null ? null : sender.accountId(),
      sender == null ? null : sender.senderId(),
      detail,
      subject
    };
  }

  /** Returns a page of the entries, newest first. */
  static Page<AuditEntry> page(StatementCache statements, AuditFilter filter, PageRequest page)
      throws SQLException {
    PagedQuery query = new PagedQuery(TABLE).of(filter.accounts());
    if (filter.senderId() != null) {
      query.where("sender_id = ?", filter.senderId());
    }
    if (filter.since() != null) {
      query.where("at >= ?", filter.since().toEpochMilli());
    }
    if (page.cursor() != null) {
      query.where("id < ?", Cursor.number(Cursor.read("audit", 1, page.cursor()).get(0)));
    }
    return PagedQuery.page(
        query.rows(statements, AuditTrail::entry, "id DESC", page.limit() + 1),
        page,
        entry -> Cursor.after("audit", entry.id()));
  }

  /** Returns the entries after this id, oldest first. */
  static List<AuditEntry> after(StatementCache statements, long id, int limit) throws SQLException {
    return new PagedQuery(TABLE)
        .where("id > ?", id)
        .rows(statements, AuditTrail::entry, "id", limit);
  }

  /** Returns the id of the newest entry, or 0. */
  static long newest(StatementCache statements) throws SQLException {
    return statements
        .first("SELECT coalesce(max(id), 0) FROM pairing_audit", row -> row.getLong(1))
        .orElseThrow();
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    String channel = row.getString("channel");
    return new AuditEntry(
        row.getLong("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("actor"),
        row.getString("surface"),
        row.getString("action"),
        channel == null
            ? null
            : new SenderKey(channel, row.getString("account_id"), row.getString("sender_id")),
        row.getString("detail"),
        row.getString("subject"));
  }
}
