package dev.nexo.pairing.store;

import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.MessageContext.Hold;
import dev.nexo.pairing.MessageContext.Hold.Route;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.store.MessageSealer.Seal;
import dev.nexo.pairing.store.MessageSealer.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Reads and changes held messages, within the transactions of their requests. */
final class HeldStatements {

  /** The outbox message that delivers the held messages of a request. */
  static final String HELD = "held";

  private static final String INSERT =
      "INSERT INTO pairing_held (request_id, seq, channel, account_id, sender_id, received_at,"
          + " route, key_fingerprint, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String ROWS =
      "SELECT request_id, seq, received_at, route, key_fingerprint, sealed FROM pairing_held"
          + " WHERE request_id = ?";

  private static final String BY_NUMBER = " ORDER BY seq";

  private static final String QUEUE =
      "INSERT INTO pairing_outbox"
          + " (id, request_id, kind, channel, account_id, sender_id, created_at, due_at)"
          + " SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS"
          + " (SELECT 1 FROM pairing_held WHERE request_id = ? AND route <> 'caller')";

  private HeldStatements() {}

  /**
   * Holds a message of a pending sender, unless as many are held as the limit says. Of one that is
   * too large only the beginning of the text is kept, once for each request.
   *
   * @return whether a row was written
   */
  static boolean hold(
      Transaction tx, String requestId, SenderKey sender, Hold message, Seal seal, Instant now)
      throws SQLException {
    List<HeldRow> rows = rows(tx.statements(), requestId, false);
    boolean tooLarge = message.tooLarge();
    int last = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).seq();
    boolean full = tooLarge ? rows.stream().anyMatch(HeldRow::isTooLarge) : last >= message.limit();
    if (full) {
      return false;
    }
    int seq = tooLarge ? HeldRow.TOO_LARGE : last + 1;
    HeldContent content =
        tooLarge
            ? new HeldContent(MessageContext.kept(message.text()), "{}", new byte[0])
            : new HeldContent(message.text(), message.metaJson(), message.payload().get());
    Sealed sealed = seal.seal(HeldRow.place(requestId, seq, message.route()), content.encoded());
    // The primary key is the request with the number, so that no number is given twice.
    tx.run(
        INSERT,
        requestId,
        seq,
        sender,
        now.toEpochMilli(),
        wireName(message.route()),
        sealed.key(),
        sealed.bytes());
    return true;
  }

  private static String wireName(Route route) {
    return route.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the rows of a request by their numbers.
   *
   * @param approved whether only rows of an approved request are returned
   */
  static List<HeldRow> rows(StatementCache statements, String requestId, boolean approved)
      throws SQLException {
    String sql = approved ? ROWS + " AND approved_at IS NOT NULL" : ROWS;
    return statements.list(sql + BY_NUMBER, HeldStatements::row, requestId);
  }

  static HeldRow row(ResultSet row) throws SQLException {
    return new HeldRow(
        row.getString(1),
        row.getInt(2),
        Instant.ofEpochMilli(row.getLong(3)),
        Route.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
        new Sealed(row.getString(5), row.getBytes(6)));
  }

  /**
   * Releases the messages of a request that is being approved: those that this module delivers are
   * queued in the outbox.
   *
   * @param outboxId the id of the row in the outbox
   */
  static void release(
      Transaction tx, String outboxId, String requestId, SenderKey sender, Instant now)
      throws SQLException {
    long millis = now.toEpochMilli();
    tx.run("DELETE FROM pairing_held WHERE request_id = ? AND seq = 0", requestId);
    int rows =
        tx.run("UPDATE pairing_held SET approved_at = ? WHERE request_id = ?", millis, requestId);
    if (rows > 0) {
      tx.run(QUEUE, outboxId, requestId, HELD, sender, millis, millis, requestId);
    }
  }

  /** Returns whether an approval of this request delivers messages. */
  static boolean anyDelivered(Transaction tx, String requestId) throws SQLException {
    return tx.statements()
        .first(
            "SELECT 1 FROM pairing_held WHERE request_id = ? AND seq > 0 LIMIT 1",
            row -> true,
            requestId)
        .isPresent();
  }

  /** Deletes the messages of a request. */
  static void purge(Transaction tx, String requestId) throws SQLException {
    tx.run("DELETE FROM pairing_held WHERE request_id = ?", requestId);
  }

  /** Deletes the messages of a sender, except those of one request. */
  static void purgeOthers(Transaction tx, SenderKey sender, String requestId) throws SQLException {
    tx.run(
        "DELETE FROM pairing_held WHERE channel = ? AND account_id = ? AND sender_id = ?"
            + " AND request_id <> ?",
        sender,
        requestId);
  }

  /** Deletes all messages of a sender. */
  static void purge(Transaction tx, SenderKey sender) throws SQLException {
    tx.run(
        "DELETE FROM pairing_held WHERE channel = ? AND account_id = ? AND sender_id = ?", sender);
  }
}
