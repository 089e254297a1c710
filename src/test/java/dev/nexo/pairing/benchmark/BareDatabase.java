package dev.nexo.pairing.benchmark;

import dev.nexo.pairing.SeedEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * What JDBC alone needs for the same rows: one connection, statements prepared once and kept, WAL
 * and {@code synchronous=FULL}. The floor that the store is measured against.
 */
final class BareDatabase implements AutoCloseable {

  private static final String KEY = " WHERE channel = ? AND account_id = ? AND sender_id = ?";

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement allowed;
  private final PreparedStatement pending;
  private final PreparedStatement count;
  private final PreparedStatement insertPending;
  private final PreparedStatement byCode;
  private final PreparedStatement deletePending;
  private final PreparedStatement upsert;
  private final PreparedStatement revoke;
  private final PreparedStatement audit;
  private long number;

  /** Works on the server's own file, for reads. */
  BareDatabase(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    connection = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    allowed =
        connection.prepareStatement("SELECT revoked_at, expires_at FROM pairing_allow_from" + KEY);
    pending = connection.prepareStatement("SELECT code, created_at FROM pairing_pending" + KEY);
    count =
        connection.prepareStatement(
            "SELECT count(*) FROM pairing_pending"
                + " WHERE channel = ? AND account_id = ? AND created_at > ?");
    insertPending =
        connection.prepareStatement(
            "INSERT INTO pairing_pending"
                + " (channel, account_id, sender_id, code, created_at, request_id)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    byCode =
        connection.prepareStatement(
            "SELECT channel, account_id, sender_id, created_at FROM pairing_pending"
                + " WHERE code = ?");
    deletePending = connection.prepareStatement("DELETE FROM pairing_pending" + KEY);
    upsert =
        connection.prepareStatement(
            "INSERT INTO pairing_allow_from"
                + " (channel, account_id, sender_id, approved_at, approved_via)"
                + " VALUES (?, ?, ?, ?, 'cli') ON CONFLICT (channel, account_id, sender_id)"
                + " DO UPDATE SET approved_at = excluded.approved_at, revoked_at = NULL");
    revoke =
        connection.prepareStatement("UPDATE pairing_allow_from SET revoked_at = 1767225600" + KEY);
    audit =
        connection.prepareStatement(
            "INSERT INTO pairing_audit"
                + " (at, actor, surface, action, channel, account_id, sender_id)"
                + " VALUES (1767225600000, 'operator', 'cli', 'changed', ?, ?, ?)");
  }

  /** Works on a file that the store has made its tables in. */
  static BareDatabase inAFileOfItsOwn() throws SQLException {
    try {
      Path file = Files.createTempDirectory("bare").resolve("pairing.db");
      BenchmarkServer.makeTables(file);
      return new BareDatabase(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PreparedStatement key(
      PreparedStatement statement, String channel, String account, String sender)
      throws SQLException {
    statement.setString(1, channel);
    statement.setString(2, account);
    statement.setString(3, sender);
    return statement;
  }

  boolean isAllowed(String channel, String account, String sender) throws SQLException {
    try (ResultSet row = key(allowed, channel, account, sender).executeQuery()) {
      return row.next() && row.getObject(1) == null && row.getObject(2) == null;
    }
  }

  boolean isPending(String channel, String account, String sender) throws SQLException {
    try (ResultSet row = key(pending, channel, account, sender).executeQuery()) {
      return row.next() && row.getString(1) != null && row.getLong(2) > 0;
    }
  }

  boolean isFull(String channel, String account) throws SQLException {
    count.setString(1, channel);
    count.setString(2, account);
    count.setLong(3, 0);
    try (ResultSet row = count.executeQuery()) {
      return row.next() && row.getInt(1) >= 3;
    }
  }

  String create(String account, String sender) throws SQLException {
    String code = "%08d".formatted(++number);
    begin.execute();
    if (isAllowed("whatsapp", account, sender)
        || isPending("whatsapp", account, sender)
        || isFull("whatsapp", account)) {
      throw new IllegalStateException("there already");
    }
    key(insertPending, "whatsapp", account, sender);
    insertPending.setString(4, code);
    insertPending.setLong(5, 1767225600);
    insertPending.setString(6, "request " + number);
    insertPending.execute();
    key(audit, "whatsapp", account, sender).execute();
    commit.execute();
    return code;
  }

  void approve(String code) throws SQLException {
    begin.execute();
    byCode.setString(1, code);
    String account;
    String sender;
    try (ResultSet row = byCode.executeQuery()) {
      row.next();
      account = row.getString(2);
      sender = row.getString(3);
    }
    key(deletePending, "whatsapp", account, sender).execute();
    key(upsert, "whatsapp", account, sender);
    upsert.setLong(4, 1767225600);
    upsert.execute();
    key(audit, "whatsapp", account, sender).execute();
    commit.execute();
  }

  void revoke(String account, String sender) throws SQLException {
    begin.execute();
    key(revoke, "whatsapp", account, sender).execute();
    key(audit, "whatsapp", account, sender).execute();
    commit.execute();
  }

  void seed(String account, List<SeedEntry> entries) throws SQLException {
    begin.execute();
    for (SeedEntry entry : entries) {
      key(upsert, "whatsapp", account, entry.senderId());
      upsert.setLong(4, 1767225600);
      upsert.addBatch();
      key(audit, "whatsapp", account, entry.senderId()).addBatch();
    }
    upsert.executeBatch();
    audit.executeBatch();
    commit.execute();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
