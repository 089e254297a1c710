package dev.nexo.pairing.store;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.BlockedSender;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.PagedQuery;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * SQL on {@code pairing_blocked}: senders that the operator has denied until a time ({@code
 * denied_until}) or blocked until unblocked (null). Times are in milliseconds since 1970.
 */
final class BlockedStatements {

  private static final String UPSERT =
      "INSERT INTO pairing_blocked"
          + " (channel, account_id, sender_id, blocked_at, denied_until, reason)"
          + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (channel, account_id, sender_id)"
          + " DO UPDATE SET blocked_at = excluded.blocked_at,"
          + " denied_until = excluded.denied_until, reason = excluded.reason";

  private static final String DELETE =
      "DELETE FROM pairing_blocked WHERE channel = ? AND account_id = ? AND sender_id = ?";

  private BlockedStatements() {}

  /** Returns a page of the blocked senders; denied ones are left out. */
  static Page<BlockedSender> page(
      StatementCache statements, AccountFilter accounts, PageRequest page) throws SQLException {
    PagedQuery query = new PagedQuery("pairing_blocked").where("denied_until IS NULL").of(accounts);
    AllowFromStatements.after("blocked", query, accounts, page);
    return PagedQuery.page(
        query.rows(
            statements, BlockedStatements::blocked, AllowFromStatements.ORDER, page.limit() + 1),
        page,
        item -> AllowFromStatements.cursor("blocked", item.sender()));
  }

  private static BlockedSender blocked(ResultSet row) throws SQLException {
    return new BlockedSender(
        new SenderKey(
            row.getString("channel"), row.getString("account_id"), row.getString("sender_id")),
        Instant.ofEpochMilli(row.getLong("blocked_at")),
        row.getString("reason"));
  }

  /** Denies a sender until a time, or blocks the sender if the time is null. */
  static void deny(Transaction tx, SenderKey sender, Instant until, String reason, Instant now)
      throws SQLException {
    upsert(tx, UPSERT, sender, until, reason, now);
  }

  /** Blocks a sender who may be denied; returns 1, or 0 if the sender is blocked already. */
  static int block(Transaction tx, SenderKey sender, String reason, Instant now)
      throws SQLException {
    String unlessBlocked = UPSERT + " WHERE pairing_blocked.denied_until IS NOT NULL";
    return upsert(tx, unlessBlocked, sender, null, reason, now);
  }

  private static int upsert(
      Transaction tx, String sql, SenderKey sender, Instant until, String reason, Instant now)
      throws SQLException {
    return tx.run(
        sql, sender, now.toEpochMilli(), until == null ? null : until.toEpochMilli(), reason);
  }

  /** Ends a block or an active denial; returns 1, or 0 if there is none. */
  static int lift(Transaction tx, SenderKey sender, Instant now) throws SQLException {
    return tx.run(
        DELETE + " AND (denied_until IS NULL OR denied_until > ?)", sender, now.toEpochMilli());
  }

  /** Deletes a block or denial, active or not. */
  static void delete(Transaction tx, SenderKey sender) throws SQLException {
    tx.run(DELETE, sender);
  }
}
