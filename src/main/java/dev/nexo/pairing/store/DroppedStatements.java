package dev.nexo.pairing.store;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.DroppedSenders.Filter;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQL on {@code pairing_dropped}: the senders whose messages all servers dropped, one row for each
 * sender and reason. Times are in milliseconds since 1970. Rows change in the order of their keys,
 * so that servers do not block each other on PostgreSQL.
 */
final class DroppedStatements {

  private static final String LIST = "dropped";
  private static final int CURSOR_PARTS = 5;
  private static final String TABLE = "pairing_dropped";
  private static final String KEY = "channel, account_id, sender_id, reason";

  /** The reasons that this release knows; a newer one may write others. */
  private static final String KNOWN_REASON =
      Arrays.stream(DropReason.values())
          .map(reason -> "'" + reason.wireName() + "'")
          .collect(Collectors.joining(", ", "reason IN (", ")"));

  private static final String UPSERT =
      "INSERT INTO pairing_dropped"
          + " (channel, account_id, sender_id, reason, messages, first_at, last_at, last_text,"
          + " weight, group_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (channel, account_id, sender_id, reason) DO UPDATE SET"
          + " messages = pairing_dropped.messages + excluded.messages,"
          + " first_at = CASE WHEN excluded.first_at < pairing_dropped.first_at"
          + " THEN excluded.first_at ELSE pairing_dropped.first_at END,"
          + " last_at = CASE WHEN excluded.last_at > pairing_dropped.last_at"
          + " THEN excluded.last_at ELSE pairing_dropped.last_at END,"
          + " last_text = COALESCE(excluded.last_text, pairing_dropped.last_text),"
          + " group_id = COALESCE(excluded.group_id, pairing_dropped.group_id),"
          + " weight = excluded.weight";

  private static final String OF_ACCOUNT =
      "SELECT sender_id, reason, messages, first_at, last_at, weight FROM pairing_dropped"
          + " WHERE channel = ? AND account_id = ? AND "
          + KNOWN_REASON;

  /** Does not delete a row to which another server has added messages. */
  private static final String DELETE =
      "DELETE FROM pairing_dropped WHERE channel = ? AND account_id = ? AND sender_id = ?"
          + " AND reason = ? AND messages = ?";

  private static final String DELETE_SENDER =
      "DELETE FROM pairing_dropped WHERE channel = ? AND account_id = ? AND sender_id = ?";

  /** Reads the accounts with the most rows first, and the lightest rows of each. */
  private static final String LIGHTEST =
      "SELECT channel, account_id, sender_id, reason, messages FROM (SELECT "
          + KEY
          + ", messages, weight, row_number() OVER (PARTITION BY channel, account_id"
          + " ORDER BY weight DESC, sender_id, reason) AS place FROM pairing_dropped) AS ranked"
          + " ORDER BY place DESC, weight LIMIT ?";

  private DroppedStatements() {}

  /** A row to be deleted, unless messages are added to it. */
  record Excess(SenderKey sender, String reason, long count) {

    private static final Comparator<Excess> ORDER =
        Comparator.<Excess, String>comparing(row -> row.sender.channel())
            .thenComparing(row -> row.sender.accountId())
            .thenComparing(row -> row.sender.senderId())
            .thenComparing(row -> row.reason);

    private static Excess of(DropSum sum) {
      return new Excess(sum.sender(), sum.reason().wireName(), sum.count());
    }
  }

  /**
   * Adds the messages of an account. Sums that exceed the number of rows are not added.
   *
   * @param maxRows the number of rows that the account may have
   * @return the rows that exceed this number now
   */
  static List<Excess> add(
      Transaction tx, ChannelAccount account, List<DropSum> sums, int maxRows, Instant now)
      throws SQLException {
    Map<String, SenderState> states =
        SenderState.many(
            tx.statements(),
            account,
            sums.stream().map(sum -> sum.sender().senderId()).distinct().toList(),
            now);
    Map<DropSum.Key, DropSum> stored = new HashMap<>();
    tx.statements()
        .list(OF_ACCOUNT, row -> sum(row, account), account.channel(), account.accountId())
        .forEach(row -> stored.put(row.key(), row));
    List<DropSum> added =
        sums.stream()
            .filter(sum -> !isOutdated(sum, states.get(sum.sender().senderId()), now))
            .sorted(DropSum.KEY_ORDER)
            .toList();
    Map<DropSum.Key, DropSum> all = new HashMap<>(stored);
    added.forEach(sum -> all.merge(sum.key(), sum, DropSum::plus));
    Set<DropSum> excess = new HashSet<>(DropList.excess(all.values(), maxRows));
    for (DropSum sum : added) {
      DropSum total = all.get(sum.key());
      if (!excess.contains(total)) {
        tx.statements()
            .bind(
                UPSERT,
                sum.sender(),
                sum.reason().wireName(),
                sum.count(),
                sum.firstAt(),
                sum.lastAt(),
                sum.text(),
                total.weight(),
                sum.groupId())
            .addBatch();
      }
    }
    tx.statements().of(UPSERT).executeBatch();
    return excess.stream()
        .map(DropSum::key)
        .filter(stored::containsKey)
        .map(stored::get)
        .map(Excess::of)
        .toList();
  }

  /** Returns whether the operator has decided about the sender since the messages were dropped. */
  private static boolean isOutdated(DropSum sum, SenderState state, Instant now) {
    if (state == null) {
      return false;
    }
    boolean refused = state.refusal() != null;
    return switch (sum.reason()) {
      case MAX_PENDING, BUDGET -> refused || state.isAllowedAt(now);
      case DENIED, BLOCKED -> !refused && state.isAllowedAt(now);
      default -> false;
    };
  }

  private static DropSum sum(ResultSet row, ChannelAccount account) throws SQLException {
    return new DropSum(
        new SenderKey(account.channel(), account.accountId(), row.getString(1)),
        DropReason.find(row.getString(2)).orElseThrow(),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        null,
        null,
        row.getDouble(6));
  }

  /** Returns the rows that exceed a number, of the accounts with the most rows. */
  static List<Excess> excess(StatementCache statements, int maxRows) throws SQLException {
    long count =
        statements
            .first("SELECT count(*) FROM pairing_dropped", row -> row.getLong(1))
            .orElseThrow();
    return count <= maxRows
        ? List.of()
        : statements.list(
            LIGHTEST,
            row -> new Excess(sender(row), row.getString(4), row.getLong(5)),
            count - maxRows);
  }

  static int delete(Transaction tx, List<Excess> rows) throws SQLException {
    for (Excess row : rows.stream().sorted(Excess.ORDER).toList()) {
      tx.statements().bind(DELETE, row.sender(), row.reason(), row.count()).addBatch();
    }
    return tx.statements().of(DELETE).executeBatch().length;
  }

  /** Deletes the rows of a sender about whom the operator has decided. */
  static void delete(Transaction tx, SenderKey sender) throws SQLException {
    tx.run(DELETE_SENDER, sender);
  }

  /** Deletes the rows of those of many senders of an account that have any. */
  static void delete(Transaction tx, ChannelAccount account, Set<SenderKey> senders)
      throws SQLException {
    for (DropSum row :
        tx.statements()
            .list(OF_ACCOUNT, row -> sum(row, account), account.channel(), account.accountId())) {
      if (senders.contains(row.sender())) {
        delete(tx, row.sender());
      }
    }
  }

  /** Deletes some of the rows without a message since a time; returns how many. */
  static int deleteBefore(Transaction tx, Instant time, int limit) throws SQLException {
    return tx.run(
        "DELETE FROM pairing_dropped WHERE (%s) IN (SELECT %s FROM pairing_dropped WHERE last_at < ? LIMIT %d)"
            .formatted(KEY, KEY, limit),
        time.toEpochMilli());
  }

  /** Returns a page, most recently dropped first. */
  static Page<DroppedSender> page(StatementCache statements, Filter filter, PageRequest page)
      throws SQLException {
    PagedQuery query = query("*", filter);
    if (page.cursor() != null) {
      List<String> key = Cursor.read(LIST, CURSOR_PARTS, page.cursor());
      long lastAt = Cursor.number(key.get(0));
      query.where(
          "last_at <= ? AND (last_at < ? OR (" + KEY + ") > (?, ?, ?, ?))",
          lastAt,
          lastAt,
          key.get(1),
          key.get(2),
          key.get(3),
          key.get(4));
    }
    return PagedQuery.page(
        query.rows(
            statements, DroppedStatements::dropped, "last_at DESC, " + KEY, page.limit() + 1),
        page,
        DroppedStatements::cursor);
  }

  static long count(StatementCache statements, Filter filter) throws SQLException {
    return query("count(*)", filter).rows(statements, row -> row.getLong(1), "1", 1).get(0);
  }

  private static PagedQuery query(String columns, Filter filter) {
    PagedQuery query = new PagedQuery(columns, TABLE).of(filter.accounts());
    return filter.reason() == null
        ? query.where(KNOWN_REASON)
        : query.where("reason = ?", filter.reason().wireName());
  }

  private static SenderKey sender(ResultSet row) throws SQLException {
    return new SenderKey(
        row.getString("channel"), row.getString("account_id"), row.getString("sender_id"));
  }

  private static DroppedSender dropped(ResultSet row) throws SQLException {
    return new DroppedSender(
        sender(row),
        DropReason.find(row.getString("reason")).orElseThrow(),
        row.getLong("messages"),
        Instant.ofEpochMilli(row.getLong("first_at")),
        Instant.ofEpochMilli(row.getLong("last_at")),
        row.getString("last_text"),
        row.getString("group_id"));
  }

  private static String cursor(DroppedSender row) {
    SenderKey sender = row.sender();
    return Cursor.after(
        LIST,
        row.lastAt().toEpochMilli(),
        sender.channel(),
        sender.accountId(),
        sender.senderId(),
        row.reason().wireName());
  }
}
