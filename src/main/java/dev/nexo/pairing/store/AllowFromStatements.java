package dev.nexo.pairing.store;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Cursor;
import dev.nexo.pairing.database.PagedQuery;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.StatelessSession;

/**
 * Reads and changes allow-from, which may have a million rows. Every query uses the index of the
 * primary key ({@code MillionIT}); only the search for a part of an id, a note or a label, and the
 * list of those who were not seen, read all rows.
 */
final class AllowFromStatements {

  /** The columns of the primary key, which order the rows. */
  private static final List<String> KEY = List.of("channel", "account_id", "sender_id");

  static final String ORDER = String.join(", ", KEY);

  private static final String ADMIT =
      "INSERT INTO pairing_allow_from"
          + " (channel, account_id, sender_id, approved_at, approved_via, expires_at, note,"
          + " role, labels, idle_secs, members_only)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (channel, account_id, sender_id)"
          + " DO UPDATE SET approved_at = excluded.approved_at,"
          + " approved_via = excluded.approved_via, revoked_at = NULL,"
          + " expires_at = excluded.expires_at, note = excluded.note,"
          + " role = excluded.role, labels = excluded.labels, idle_secs = excluded.idle_secs,"
          + " members_only = excluded.members_only";

  private static final String REVOKE =
      "UPDATE pairing_allow_from SET revoked_at = ? WHERE channel = ? AND account_id = ?"
          + " AND sender_id = ? AND revoked_at IS NULL";

  /**
   * Reads the accounts, which are few, and finds the sender in each. {@code CROSS} fixes this order
   * for SQLite, which would otherwise read all senders of the channel.
   */
  private static final String ON_ALL_ACCOUNTS =
      "WITH RECURSIVE accounts (id) AS ("
          + "SELECT min(account_id) FROM pairing_allow_from WHERE channel = ?"
          + " UNION ALL SELECT (SELECT min(account_id) FROM pairing_allow_from"
          + " WHERE channel = ? AND account_id > accounts.id)"
          + " FROM accounts WHERE accounts.id IS NOT NULL)"
          + " SELECT account_id FROM accounts CROSS JOIN pairing_allow_from"
          + " WHERE channel = ? AND account_id = accounts.id AND sender_id = ?"
          + " AND revoked_at IS NULL ORDER BY account_id";

  private AllowFromStatements() {}

  /**
   * Admits a sender, whose row may exist already.
   *
   * @throws InvalidValueException if a group would be an owner
   */
  static void admit(Transaction tx, SenderKey sender, AllowTerms terms, Actor by, Instant now)
      throws SQLException {
    checkRole(sender, terms);
    tx.run(
        ADMIT,
        sender,
        now.getEpochSecond(),
        by.surface().wireName(),
        terms.expiresAt() == null ? null : terms.expiresAt().getEpochSecond(),
        terms.note(),
        terms.role().wireName(),
        AllowEntity.json(terms.labels()),
        terms.idle() == null ? null : terms.idle().toSeconds(),
        terms.membersOnly() ? 1 : 0);
  }

  /** Every member of a group could approve others if the group were an owner. */
  private static void checkRole(SenderKey sender, AllowTerms terms) {
    if (terms.role() == Role.OWNER && sender.isGroup()) {
      throw new InvalidValueException("role", "must not be owner for a group");
    }
  }

  /** Changes the terms of a row; empty if there is none. */
  static Optional<AllowedSender> update(
      Transaction tx, SenderKey sender, AllowTerms.Update change, Actor by, Instant now)
      throws SQLException {
    AllowEntity row = (AllowEntity) tx.session().get(AllowEntity.class, sender);
    if (row == null) {
      return Optional.empty();
    }
    AllowedSender before = row.toAllowed();
    AllowTerms terms =
        change.applyTo(
            new AllowTerms(
                before.expiresAt(),
                before.note(),
                before.role(),
                before.labels(),
                before.idle(),
                before.membersOnly()));
    checkRole(sender, terms);
    row.expiresAt = terms.expiresAt() == null ? null : terms.expiresAt().getEpochSecond();
    row.note = terms.note();
    row.role = terms.role().wireName();
    row.labels = AllowEntity.json(terms.labels());
    row.idleSecs = terms.idle() == null ? null : terms.idle().toSeconds();
    row.membersOnly = terms.membersOnly() ? 1 : 0;
    AllowedSender after = row.toAllowed();
    if (before.inForceAt(now) && after.endedAt(now) == AllowedSender.End.IDLE) {
      throw new InvalidValueException(
          "idle_secs",
          "must be longer than the time since the sender was last seen, at " + before.activeAt());
    }
    tx.session().update(row);
    AuditTrail.append(tx, now, by, AuditAction.UPDATED, sender, changes(before, terms));
    return Optional.of(after);
  }

  private static String changes(AllowedSender before, AllowTerms after) {
    List<String> changes = new ArrayList<>();
    changes.add(after.expiresAt() == null ? "for good" : "until " + after.expiresAt());
    if (before.role() != after.role()) {
      changes.add("role " + before.role().wireName() + " to " + after.role().wireName());
    }
    if (before.membersOnly() != after.membersOnly()) {
      changes.add(after.membersOnly() ? "approved members only" : "all members");
    }
    if (!before.labels().equals(after.labels())) {
      changes.add("labels " + String.join(", ", after.labels()));
    }
    if (!Objects.equals(before.idle(), after.idle())) {
      changes.add(idle(after.idle()));
    }
    return String.join("; ", changes);
  }

  private static String idle(Duration idle) {
    return idle == null ? "no idle time" : "idle " + idle.toSeconds() + " s";
  }

  /** Returns the detail of an admission's audit entry: a note and the terms that it sets. */
  static String detail(String note, AllowTerms terms) {
    List<String> parts = new ArrayList<>();
    if (note != null) {
      parts.add(note);
    }
    if (terms.role() != Role.MEMBER) {
      parts.add("role " + terms.role().wireName());
    }
    if (!terms.labels().isEmpty()) {
      parts.add("labels " + String.join(", ", terms.labels()));
    }
    if (terms.idle() != null) {
      parts.add(idle(terms.idle()));
    }
    if (terms.membersOnly()) {
      parts.add("approved members only");
    }
    return parts.isEmpty() ? null : String.join("; ", parts);
  }

  /** Returns the active owners; the query uses an index of their rows only. */
  static List<AllowedSender> owners(StatelessSession session, Instant now) {
    return new PagedQuery("pairing_allow_from")
            .where("role = 'owner'")
            .where("revoked_at IS NULL")
            .entities(session, AllowEntity.class, ORDER, PairingStore.MAX_OWNERS)
            .stream()
            .map(AllowEntity::toAllowed)
            .filter(row -> row.inForceAt(now))
            .toList();
  }

  /** Revokes a sender and audits it; returns 1, or 0 if there is no row that is not revoked. */
  static int revoke(Transaction tx, SenderKey sender, Actor by, Instant now) throws SQLException {
    int revoked = tx.run(REVOKE, now.getEpochSecond(), sender);
    if (revoked > 0) {
      AuditTrail.append(tx, now, by, AuditAction.REVOKED, sender, null);
    }
    return revoked;
  }

  /** Revokes a sender on every account of a channel; returns the rows it changed, by account. */
  static List<SenderKey> revokeOnAllAccounts(
      Transaction tx, String channel, String senderId, Actor by, Instant now) throws SQLException {
    List<SenderKey> revoked =
        tx.statements()
            .list(
                ON_ALL_ACCOUNTS,
                row -> new SenderKey(channel, row.getString(1), senderId),
                channel,
                channel,
                channel,
                senderId);
    for (SenderKey sender : revoked) {
      revoke(tx, sender, by, now);
    }
    return revoked;
  }

  static Page<AllowedSender> page(StatelessSession session, AllowFilter filter, PageRequest page) {
    AccountFilter accounts = filter.accounts();
    int limit = page.limit() + 1;
    List<AllowEntity> rows =
        accounts.channel() == null && accounts.accountId() != null
            ? onAllChannels(session, filter, page, limit)
            : read(session, filter, accounts, page, limit);
    return PagedQuery.page(
        rows.stream().map(AllowEntity::toAllowed).toList(),
        page,
        item -> cursor("allow", item.sender()));
  }

  /** Reads one channel after another, because the channel comes first in the index. */
  private static List<AllowEntity> onAllChannels(
      StatelessSession session, AllowFilter filter, PageRequest page, int limit) {
    List<AllowEntity> rows = new ArrayList<>();
    String from = page.cursor() == null ? "" : key("allow", page).get(0);
    String channel = channel(session, ">=", from);
    while (channel != null && rows.size() < limit) {
      AccountFilter one = new AccountFilter(channel, filter.accounts().accountId());
      rows.addAll(read(session, filter, one, page, limit - rows.size()));
      channel = channel(session, ">", channel);
    }
    return rows;
  }

  private static String channel(StatelessSession session, String comparison, String channel) {
    return session
        .createSelectionQuery(
            "select min(channel) from AllowEntity where channel " + comparison + " :channel",
            String.class)
        .setParameter("channel", channel)
        .getSingleResult();
  }

  private static List<AllowEntity> read(
      StatelessSession session,
      AllowFilter filter,
      AccountFilter accounts,
      PageRequest page,
      int limit) {
    PagedQuery query = new PagedQuery("pairing_allow_from").of(accounts);
    if (!filter.includeRevoked()) {
      query.where("revoked_at IS NULL");
    }
    if (filter.query() != null) {
      String pattern = '%' + filter.query().replaceAll("[\\\\%_]", "\\\\$0") + '%';
      // A label has no other characters; without this, a quotation mark would find all labels.
      String label = AllowTerms.isLabel(filter.query().toLowerCase(Locale.ROOT)) ? pattern : "";
      query.where(
          "(lower(sender_id) LIKE lower(?) ESCAPE '\\' OR lower(note) LIKE lower(?) ESCAPE '\\'"
              + " OR labels LIKE lower(?) ESCAPE '\\')",
          pattern,
          pattern,
          label);
    }
    if (filter.unseenSince() != null) {
      long since = filter.unseenSince().getEpochSecond();
      query.where("approved_at <= ? AND (last_seen_at IS NULL OR last_seen_at <= ?)", since, since);
    }
    after("allow", query, accounts, page);
    return query.entities(session, AllowEntity.class, ORDER, limit);
  }

  /**
   * Adds the condition that continues a list, ordered by the primary key, after the page's cursor.
   * Columns that the filter fixes to the same value are left out: otherwise the index would be read
   * from the account's first row.
   */
  static void after(String list, PagedQuery query, AccountFilter accounts, PageRequest page) {
    if (page.cursor() == null) {
      return;
    }
    List<String> key = key(list, page);
    int fixed = 0;
    if (key.get(0).equals(accounts.channel())) {
      fixed = key.get(1).equals(accounts.accountId()) ? 2 : 1;
    }
    String columns = String.join(", ", KEY.subList(fixed, KEY.size()));
    String marks = fixed == 2 ? "?" : fixed == 1 ? "?, ?" : "?, ?, ?";
    query.where("(" + columns + ") > (" + marks + ")", key.subList(fixed, KEY.size()).toArray());
  }

  private static List<String> key(String list, PageRequest page) {
    return Cursor.read(list, KEY.size(), page.cursor());
  }

  /** Returns the cursor that continues a list, ordered by the primary key, after a sender. */
  static String cursor(String list, SenderKey sender) {
    return Cursor.after(list, sender.channel(), sender.accountId(), sender.senderId());
  }

  /**
   * Returns the accounts of allow-from and of pending requests, going from account to account by
   * the primary keys. Accounts that are not valid, which Nexo's rows may contain, are left out.
   */
  static List<ChannelAccount> accounts(StatementCache statements, int limit) throws SQLException {
    Set<ChannelAccount> accounts =
        new TreeSet<>(
            Comparator.comparing(ChannelAccount::channel).thenComparing(ChannelAccount::accountId));
    for (String table : List.of("pairing_allow_from", "pairing_pending")) {
      Optional<AccountFilter> next = account(statements, table, new AccountFilter("", ""));
      for (int i = 0; i < limit && next.isPresent(); i++) {
        try {
          accounts.add(new ChannelAccount(next.get().channel(), next.get().accountId()));
        } catch (InvalidValueException e) {
          // No message can come from this account.
        }
        next = account(statements, table, next.get());
      }
    }
    return accounts.stream().limit(limit).toList();
  }

  /** Returns whether any table of senders names a channel, or an account of it. */
  static boolean hasRows(StatementCache statements, AccountFilter accounts) throws SQLException {
    boolean anyAccount = accounts.accountId() == null;
    for (String table : List.of("pairing_allow_from", "pairing_pending", "pairing_blocked")) {
      String sql =
          "SELECT 1 FROM "
              + table
              + " WHERE channel = ?"
              + (anyAccount ? "" : " AND account_id = ?");
      Object[] values =
          anyAccount
              ? new Object[] {accounts.channel()}
              : new Object[] {accounts.channel(), accounts.accountId()};
      if (statements.first(sql + " LIMIT 1", row -> true, values).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static Optional<AccountFilter> account(
      StatementCache statements, String table, AccountFilter after) throws SQLException {
    return statements.first(
        "SELECT channel, account_id FROM "
            + table
            + " WHERE (channel, account_id) > (?, ?) ORDER BY channel, account_id LIMIT 1",
        row -> new AccountFilter(row.getString(1), row.getString(2)),
        after.channel(),
        after.accountId());
  }
}
