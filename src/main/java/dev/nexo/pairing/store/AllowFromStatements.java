package dev.nexo.pairing.store;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Cursor;
import dev.nexo.pairing.database.PagedQuery;
import dev.nexo.pairing.database.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/**
 * Looks for rows of allow-from, of which there may be a million, by the index of its primary key
 * alone; {@code MillionIT} shows that it does not matter where they lie. Only what asks for a part
 * of an id or of a note has to read them all.
 */
final class AllowFromStatements {

  private static final String TABLE = "pairing_allow_from";

  /** The columns of the primary key, by which the rows are ordered. */
  static final List<String> KEY = List.of("channel", "account_id", "sender_id");

  /**
   * From account to account, and in each one to the sender: accounts are few, senders are not.
   * {@code CROSS} because SQLite takes it as the order to go in, and would else begin with all the
   * channel's senders.
   */
  private static final String ON_ALL_ACCOUNTS =
      "WITH RECURSIVE accounts (id) AS ("
          + "SELECT min(account_id) FROM pairing_allow_from WHERE channel = :channel"
          + " UNION ALL SELECT (SELECT min(account_id) FROM pairing_allow_from"
          + " WHERE channel = :channel AND account_id > accounts.id)"
          + " FROM accounts WHERE accounts.id IS NOT NULL)"
          + " SELECT account_id FROM accounts CROSS JOIN pairing_allow_from"
          + " WHERE channel = :channel AND account_id = accounts.id AND sender_id = :sender"
          + " AND revoked_at IS NULL ORDER BY account_id";

  private AllowFromStatements() {}

  /**
   * Takes a sender out of allow-from, with a line in the audit trail.
   *
   * @return 1, or 0 where there is no row in force
   */
  static int revoke(Transaction tx, SenderKey sender, Actor by, Instant now) throws SQLException {
    int revoked =
        tx.run(
            "UPDATE pairing_allow_from SET revoked_at = ? WHERE channel = ? AND account_id = ?"
                + " AND sender_id = ? AND revoked_at IS NULL",
            now.getEpochSecond(),
            sender.channel(),
            sender.accountId(),
            sender.senderId());
    if (revoked > 0) {
      AuditTrail.append(tx, now, by, AuditAction.REVOKED, sender, null);
    }
    return revoked;
  }

  /** Where a sender of this channel is in allow-from and not revoked, by account. */
  static List<SenderKey> onAllAccounts(StatelessSession session, String channel, String senderId) {
    return session
        .createNativeQuery(ON_ALL_ACCOUNTS, String.class)
        .setParameter("channel", channel)
        .setParameter("sender", senderId)
        .getResultStream()
        .map(account -> new SenderKey(channel, account, senderId))
        .toList();
  }

  static Page<AllowedSender> page(StatelessSession session, AllowFilter filter, PageRequest page) {
    List<String> after =
        page.cursor() == null ? List.of() : Cursor.read("allow", KEY.size(), page.cursor());
    AccountFilter accounts = filter.accounts();
    int wanted = page.limit() + 1;
    List<AllowEntity> rows =
        accounts.channel() == null && accounts.accountId() != null
            ? onAllChannels(session, filter, after, wanted)
            : read(session, filter, accounts, after, wanted);
    return PagedQuery.page(
        rows,
        page,
        AllowEntity::toAllowed,
        row -> Cursor.after("allow", row.channel, row.accountId, row.senderId));
  }

  /** The channel comes first in the index, so an account alone is looked for in one by one. */
  private static List<AllowEntity> onAllChannels(
      StatelessSession session, AllowFilter filter, List<String> after, int wanted) {
    List<AllowEntity> rows = new ArrayList<>();
    Optional<String> channel = channel(session, ">=", after.isEmpty() ? "" : after.get(0));
    while (channel.isPresent() && rows.size() < wanted) {
      AccountFilter one = new AccountFilter(channel.get(), filter.accounts().accountId());
      rows.addAll(read(session, filter, one, after, wanted - rows.size()));
      channel = channel(session, ">", channel.get());
    }
    return rows;
  }

  private static Optional<String> channel(StatelessSession session, String from, String channel) {
    return session
        .createNativeQuery(
            "SELECT channel FROM pairing_allow_from WHERE channel "
                + from
                + " :channel ORDER BY channel LIMIT 1",
            String.class)
        .setParameter("channel", channel)
        .uniqueResultOptional();
  }

  private static List<AllowEntity> read(
      StatelessSession session,
      AllowFilter filter,
      AccountFilter accounts,
      List<String> after,
      int wanted) {
    PagedQuery listing = new PagedQuery(TABLE).of(accounts);
    if (!filter.includeRevoked()) {
      listing.where("revoked_at IS NULL");
    }
    if (filter.query() != null) {
      listing
          .where(
              "(lower(sender_id) LIKE lower(:q) ESCAPE '\\'"
                  + " OR lower(note) LIKE lower(:q) ESCAPE '\\')")
          .with("q", '%' + literally(filter.query()) + '%');
    }
    if (!after.isEmpty()) {
      after(listing, accounts, after);
    }
    return listing.rows(session, AllowEntity.class, String.join(", ", KEY), wanted);
  }

  /**
   * Goes on after this key. Columns that the filter fixes are left out where it fixes them to what
   * the key has: an index that has used them up for the filter would otherwise be read from the
   * account's first row on.
   */
  static void after(PagedQuery listing, AccountFilter accounts, List<String> key) {
    int fixed = 0;
    if (key.get(0).equals(accounts.channel())) {
      fixed = key.get(1).equals(accounts.accountId()) ? 2 : 1;
    }
    List<String> names = new ArrayList<>();
    for (int i = fixed; i < KEY.size(); i++) {
      names.add(":c" + i);
      listing.with("c" + i, key.get(i));
    }
    String columns = String.join(", ", KEY.subList(fixed, KEY.size()));
    listing.where("(" + columns + ") > (" + String.join(", ", names) + ")");
  }

  private static String literally(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
