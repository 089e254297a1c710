package dev.nexo.pairing.session;

import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.store.KeptStatements;
import dev.nexo.pairing.store.Transaction;
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
class SessionRows {

  private static final String BY_TOKEN =
      "SELECT "
          + SessionRow.COLUMNS
          + " FROM pairing_session WHERE token_sha256 = ? AND "
          + Lifetimes.LIVE;
  private static final String BY_ID =
      "SELECT "
          + SessionRow.COLUMNS
          + " FROM pairing_session WHERE session_id = ? AND "
          + Lifetimes.LIVE;
  private static final String INSERT =
      "INSERT INTO pairing_session (token_sha256, "
          + SessionRow.COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, NULL)";
  private static final String REPEAT =
      "UPDATE pairing_session SET token_sha256 = ? WHERE session_id = ? AND "
          + Lifetimes.LIVE
          + " RETURNING "
          + SessionRow.COLUMNS;
  private static final String ROTATE =
      "UPDATE pairing_session SET token_sha256 = ?, last_seen_at = ? WHERE token_sha256 = ? AND "
          + Lifetimes.LIVE
          + " RETURNING "
          + SessionRow.COLUMNS;
  private static final String END_BY_TOKEN = end("token_sha256");
  private static final String END_BY_ID = end("session_id");

  private final Lifetimes lifetimes;

  @Inject
  SessionRows(Lifetimes lifetimes) {
    this.lifetimes = lifetimes;
  }

  private static String end(String key) {
    return "DELETE FROM pairing_session WHERE "
        + key
        + " = ? AND "
        + Lifetimes.LIVE
        + " RETURNING "
        + SessionRow.COLUMNS;
  }

  Optional<SessionRow> byToken(KeptStatements statements, String token, Instant now)
      throws SQLException {
    return Rows.one(
        statements, BY_TOKEN, SessionRow::of, token, now.toEpochMilli(), lifetimes.idleSince(now));
  }

  Optional<SessionRow> byId(KeptStatements statements, String sessionId, Instant now)
      throws SQLException {
    return Rows.one(
        statements, BY_ID, SessionRow::of, sessionId, now.toEpochMilli(), lifetimes.idleSince(now));
  }

  /** Adds a session that was never used yet. */
  void insert(Transaction tx, String token, SessionRow row) throws SQLException {
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
  Optional<SessionRow> repeat(Transaction tx, String sessionId, String newToken, Instant now)
      throws SQLException {
    return Rows.one(
        tx.statements(),
        REPEAT,
        SessionRow::of,
        newToken,
        sessionId,
        now.toEpochMilli(),
        lifetimes.idleSince(now));
  }

  /** Gives the session of this token another one, which is a use of it. */
  Optional<SessionRow> rotate(Transaction tx, String token, String newToken, Instant now)
      throws SQLException {
    return Rows.one(
        tx.statements(),
        ROTATE,
        SessionRow::of,
        newToken,
        now.toEpochMilli(),
        token,
        now.toEpochMilli(),
        lifetimes.idleSince(now));
  }

  /** Deletes the session of this token, and tells which it was. */
  Optional<SessionRow> endByToken(Transaction tx, String token, Instant now) throws SQLException {
    return end(tx, END_BY_TOKEN, token, now);
  }

  /** Deletes this session, and tells what it was. */
  Optional<SessionRow> endById(Transaction tx, String sessionId, Instant now) throws SQLException {
    return end(tx, END_BY_ID, sessionId, now);
  }

  private Optional<SessionRow> end(Transaction tx, String sql, String key, Instant now)
      throws SQLException {
    return Rows.one(
        tx.statements(), sql, SessionRow::of, key, now.toEpochMilli(), lifetimes.idleSince(now));
  }
}
