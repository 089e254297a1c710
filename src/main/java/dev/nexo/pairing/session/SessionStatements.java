package dev.nexo.pairing.session;

import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * The statements over {@code pairing_session}. Tokens come as the 64 hexadecimal digits of their
 * SHA-256. Whatever looks for a session sees the live ones alone. Thread-safe; every method throws
 * what the database throws.
 */
@Component
class SessionStatements {

  private static final String BY_TOKEN =
      "SELECT "
          + SessionEntity.COLUMNS
          + " FROM pairing_session WHERE token_sha256 = ? AND "
          + SessionExpiry.LIVE;
  private static final String BY_ID =
      "SELECT "
          + SessionEntity.COLUMNS
          + " FROM pairing_session WHERE session_id = ? AND "
          + SessionExpiry.LIVE;
  private static final String INSERT =
      "INSERT INTO pairing_session (token_sha256, "
          + SessionEntity.COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, NULL)";
  private static final String REPEAT =
      "UPDATE pairing_session SET token_sha256 = ? WHERE session_id = ? AND "
          + SessionExpiry.LIVE
          + " RETURNING "
          + SessionEntity.COLUMNS;
  private static final String ROTATE =
      "UPDATE pairing_session SET token_sha256 = ?, last_seen_at = ? WHERE token_sha256 = ? AND "
          + SessionExpiry.LIVE
          + " RETURNING "
          + SessionEntity.COLUMNS;
  private static final String END_BY_TOKEN = end("token_sha256");
  private static final String END_BY_ID = end("session_id");

  private final SessionExpiry lifetimes;

  @Inject
  SessionStatements(SessionExpiry lifetimes) {
    this.lifetimes = lifetimes;
  }

  private static String end(String key) {
    return "DELETE FROM pairing_session WHERE "
        + key
        + " = ? AND "
        + SessionExpiry.LIVE
        + " RETURNING "
        + SessionEntity.COLUMNS;
  }

  Optional<SessionEntity> byToken(StatementCache statements, String token, Instant now)
      throws SQLException {
    return SqlRows.one(
        statements,
        BY_TOKEN,
        SessionEntity::of,
        token,
        now.toEpochMilli(),
        lifetimes.idleSince(now));
  }

  Optional<SessionEntity> byId(StatementCache statements, String sessionId, Instant now)
      throws SQLException {
    return SqlRows.one(
        statements,
        BY_ID,
        SessionEntity::of,
        sessionId,
        now.toEpochMilli(),
        lifetimes.idleSince(now));
  }

  /** Adds a session that was never used yet. */
  void insert(Transaction tx, String token, SessionEntity row) throws SQLException {
    tx.run(
        INSERT,
        token,
        row.sessionId,
        row.profile,
        row.deviceLabel,
        row.deviceKey,
        row.issuedAt,
        row.expiresAt);
  }

  /** Gives a session another token, whatever its token was; its use is not noted. */
  Optional<SessionEntity> repeat(Transaction tx, String sessionId, String newToken, Instant now)
      throws SQLException {
    return SqlRows.one(
        tx.statements(),
        REPEAT,
        SessionEntity::of,
        newToken,
        sessionId,
        now.toEpochMilli(),
        lifetimes.idleSince(now));
  }

  /** Gives the session of this token another one, which is a use of it. */
  Optional<SessionEntity> rotate(Transaction tx, String token, String newToken, Instant now)
      throws SQLException {
    return SqlRows.one(
        tx.statements(),
        ROTATE,
        SessionEntity::of,
        newToken,
        now.toEpochMilli(),
        token,
        now.toEpochMilli(),
        lifetimes.idleSince(now));
  }

  /** Deletes the session of this token, and tells which it was. */
  Optional<SessionEntity> endByToken(Transaction tx, String token, Instant now)
      throws SQLException {
    return end(tx, END_BY_TOKEN, token, now);
  }

  /** Deletes this session, and tells what it was. */
  Optional<SessionEntity> endById(Transaction tx, String sessionId, Instant now)
      throws SQLException {
    return end(tx, END_BY_ID, sessionId, now);
  }

  private Optional<SessionEntity> end(Transaction tx, String sql, String key, Instant now)
      throws SQLException {
    return SqlRows.one(
        tx.statements(), sql, SessionEntity::of, key, now.toEpochMilli(), lifetimes.idleSince(now));
  }
}
