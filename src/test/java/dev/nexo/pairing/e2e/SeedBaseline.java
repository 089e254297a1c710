package dev.nexo.pairing.e2e;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/**
 * Measures plain JDBC with the rows that seeding writes, including the audit trail: one connection,
 * statements prepared once, transactions of a thousand rows, WAL and {@code synchronous=FULL}. This
 * is the baseline for streamed seeding, as in {@code SeedBenchmark}.
 */
final class SeedBaseline implements AutoCloseable {

  private static final int BATCH = 1_000;

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement allow;
  private final PreparedStatement audit;

  /** Uses a file in which a server has created its tables. */
  SeedBaseline(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    connection = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    allow =
        connection.prepareStatement(
            "INSERT INTO pairing_allow_from"
                + " (channel, account_id, sender_id, approved_at, approved_via)"
                + " VALUES (?, ?, ?, 1767225600, 'seed')"
                + " ON CONFLICT (channel, account_id, sender_id)"
                + " DO UPDATE SET approved_at = excluded.approved_at, revoked_at = NULL");
    audit =
        connection.prepareStatement(
            "INSERT INTO pairing_audit"
                + " (at, actor, surface, action, channel, account_id, sender_id)"
                + " VALUES (1767225600000, 'operator', 'api', 'seeded', ?, ?, ?)");
  }

  /**
   * Seeds a number of senders of {@link SenderIdLines}.
   *
   * @return the duration in seconds
   */
  double seconds(String account, int count) throws SQLException {
    long start = System.nanoTime();
    for (int from = 0; from < count; from += BATCH) {
      begin.execute();
      for (int number = from; number < Math.min(count, from + BATCH); number++) {
        add(allow, account, SenderIdLines.canonical(number));
        add(audit, account, SenderIdLines.canonical(number));
      }
      allow.executeBatch();
      audit.executeBatch();
      commit.execute();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void add(PreparedStatement insert, String account, String sender)
      throws SQLException {
    insert.setString(1, "whatsapp");
    insert.setString(2, account);
    insert.setString(3, sender);
    insert.addBatch();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
