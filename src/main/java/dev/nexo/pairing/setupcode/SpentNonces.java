package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.database.Transaction;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Records values that can be used only once: the nonces of bootstrap tokens, and challenges that
 * were answered. The primary key decides which of several callers is first, on any server.
 */
public final class SpentNonces {

  private static final String INSERT =
      "INSERT INTO pairing_spent_nonce (nonce_sha256, spent_at, kept_until, session_id)"
          + " VALUES (?, ?, ?, ?) ON CONFLICT (nonce_sha256) DO NOTHING";

  private SpentNonces() {}

  /**
   * Spends a nonce.
   *
   * @param nonceSha256 the SHA-256 of the nonce, 64 hexadecimal digits
   * @param sessionId the session that it is spent for, or null if it is cancelled
   * @param keptUntil when the record may be deleted
   * @return false if it was spent before
   * @throws SQLException if the database rejects the change
   */
  public static boolean spend(
      Transaction tx, String nonceSha256, String sessionId, Instant now, Instant keptUntil)
      throws SQLException {
    return tx.run(INSERT, nonceSha256, now.toEpochMilli(), keptUntil.toEpochMilli(), sessionId) > 0;
  }
}
