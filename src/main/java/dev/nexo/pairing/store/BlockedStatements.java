package dev.nexo.pairing.store;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.BlockedSender;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Cursor;
import dev.nexo.pairing.database.PagedQuery;
import dev.nexo.pairing.database.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import org.hibernate.StatelessSession;

/** The statements over {@code pairing_blocked} for what is blocked for good. */
final class BlockedStatements {

  private static final String BLOCK =
      "INSERT INTO pairing_blocked"
          + " (channel, account_id, sender_id, blocked_at, denied_until, reason)"
          + " VALUES (?, ?, ?, ?, NULL, ?) ON CONFLICT (channel, account_id, sender_id)"
          + " DO UPDATE SET blocked_at = excluded.blocked_at, denied_until = NULL,"
          + " reason = excluded.reason WHERE pairing_blocked.denied_until IS NOT NULL";

  private static final String LIFT =
      "DELETE FROM pairing_blocked WHERE channel = ? AND account_id = ? AND sender_id = ?"
          + " AND (denied_until IS NULL OR denied_until > ?)";

  private BlockedStatements() {}

  static Page<BlockedSender> page(
      StatelessSession session, AccountFilter accounts, PageRequest page) {
    PagedQuery listing =
        new PagedQuery("pairing_blocked").where("denied_until IS NULL").of(accounts);
    if (page.cursor() != null) {
      AllowFromStatements.after(
          listing, accounts, Cursor.read("blocked", AllowFromStatements.KEY.size(), page.cursor()));
    }
    return listing.page(
        session,
        BlockedEntity.class,
        String.join(", ", AllowFromStatements.KEY),
        page,
        BlockedEntity::toBlocked,
        row -> Cursor.after("blocked", row.channel, row.accountId, row.senderId));
  }

  /**
   * Blocks a sender, perhaps instead of denying them.
   *
   * @return 1, or 0 where they were blocked already
   */
  static int block(Transaction tx, SenderKey sender, String reason, Instant now)
      throws SQLException {
    return tx.run(
        BLOCK, sender.channel(), sender.accountId(), sender.senderId(), now.toEpochMilli(), reason);
  }

  /**
   * Lifts a block, or a denial that has not run out.
   *
   * @return 1, or 0 where there is neither
   */
  static int lift(Transaction tx, SenderKey sender, Instant now) throws SQLException {
    return tx.run(
        LIFT, sender.channel(), sender.accountId(), sender.senderId(), now.toEpochMilli());
  }
}
