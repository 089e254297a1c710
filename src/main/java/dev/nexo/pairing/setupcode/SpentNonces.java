package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be used once: the nonces of bootstrap tokens, and the challenges that were answered. The
 * primary key decides who was first, on whatever server.
 */
public final class SpentNonces {

  private static final String INSERT =
      "INSERT INTO pairing_spent_nonce (nonce_sha256, spent_at, kept_until, session_id)"
          + " VALUES (?, ?, ?, ?) ON CONFLICT (nonce_sha256) DO NOTHING";
  private static final String SELECT =
      "SELECT session_id, spent_at FROM pairing_spent_nonce WHERE nonce_sha256 = ?";

  private SpentNonces() {}

  /**
   * What became of a nonce.
   *
   * @param sessionId the session it was spent on, or null where it was cancelled
   * @param at when
   */
  public record Spent(String sessionId, Instant at) {}

  /**
   * Spends a nonce.
   *
   * @param nonceSha256 its SHA-256, 64 hexadecimal digits
   * @param sessionId what on, or null where it is cancelled
   * @param keptUntil when it need not be remembered any longer
   * @return false where it was spent before
   * @throws SQLException where the database turns it down
   */
  public static boolean spend(
      Transaction tx, String nonceSha256, String sessionId, Instant now, Instant keptUntil)
      throws SQLException {
    return tx.run(INSERT, nonceSha256, now.toEpochMilli(), keptUntil.toEpochMilli(), sessionId) > 0;
  }

  /**
   * Looks a nonce up.
   *
   * @throws SQLException where the database does not answer
   */
  public static Optional<Spent> find(StatementCache statements, String nonceSha256)
      throws SQLException {
    PreparedStatement select = statements.of(SELECT);
    select.setString(1, nonceSha256);
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(new Spent(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
          : Optional.empty();
    }
  }
}
