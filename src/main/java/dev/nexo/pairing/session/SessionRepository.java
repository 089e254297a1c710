package dev.nexo.pairing.session;

import dev.nexo.pairing.codec.Base64Url;
import dev.nexo.pairing.companion.DeviceKey;
import dev.nexo.pairing.companion.LiveSession;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.companion.VerifiedClaims;
import dev.nexo.pairing.database.PagedQuery;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads and changes the sessions in the database, and generates their ids and tokens. Thread-safe.
 *
 * <p>Only live sessions are found; a session that has expired is treated as absent. The database
 * stores the SHA-256 of a session token, so a token is known only to the caller that it is returned
 * to. Every method with a statement cache or a transaction throws {@link SQLException} if the
 * database fails.
 */
@Component
class SessionRepository {

  private static final String SELECT =
      "SELECT " + SessionRow.COLUMNS + " FROM pairing_session WHERE ";
  private static final String RETURNING = SessionExpiry.LIVE + " RETURNING " + SessionRow.COLUMNS;

  private static final String BY_TOKEN = SELECT + "token_sha256 = ? AND " + SessionExpiry.LIVE;
  private static final String BY_TOKEN_EVEN_ENDED = SELECT + "token_sha256 = ?";
  private static final String BY_ID = SELECT + "session_id = ? AND " + SessionExpiry.LIVE;
  private static final String COUNT =
      "SELECT count(*) FROM pairing_session WHERE " + SessionExpiry.LIVE;

  /** The number of ids in one {@link #liveAmong} statement. */
  static final int CHUNK = 500;

  private static final String AMONG =
      "SELECT "
          + SessionRow.COLUMNS
          + ", token_sha256 FROM pairing_session WHERE "
          + SessionExpiry.LIVE
          + " AND session_id IN ("
          + String.join(",", Collections.nCopies(CHUNK, "?"))
          + ")";

  /**
   * Finds a spent token with one statement, so that spent, cancelled and unknown tokens take one
   * read each.
   *
   * <p>A row that exists takes longer to read than none: less than 1 µs on SQLite and 2 µs on
   * PostgreSQL on the same machine, as measured. A statement that always returns a row and always
   * joins a session is slower and still leaves at least half of the difference, so it is not used.
   */
  private static final String SPENT_TOKEN =
      "SELECT nonce.session_id, nonce.spent_at, session.device_key"
          + " FROM pairing_spent_nonce nonce LEFT JOIN pairing_session session"
          + " ON session.session_id = nonce.session_id AND "
          + SessionExpiry.LIVE
          + " WHERE nonce.nonce_sha256 = ?";

  private static final String SETUP_CODE =
      "SELECT setup_id, device_label, expires_at FROM pairing_setup_code WHERE nonce_sha256 = ?";
  private static final String INSERT =
      "INSERT INTO pairing_session (token_sha256, "
          + SessionRow.COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, NULL)";
  private static final String REPLACE_TOKEN =
      "UPDATE pairing_session SET token_sha256 = ? WHERE session_id = ? AND " + RETURNING;
  private static final String RENEW =
      "UPDATE pairing_session SET token_sha256 = ?, last_seen_at = ?, expires_at = CASE WHEN"
          + " expires_at < ? THEN ? ELSE expires_at END WHERE token_sha256 = ? AND "
          + RETURNING;
  private static final String DELETE_BY_TOKEN =
      "DELETE FROM pairing_session WHERE token_sha256 = ? AND " + RETURNING;
  private static final String DELETE_BY_ID =
      "DELETE FROM pairing_session WHERE session_id = ? AND " + RETURNING;

  /** The length of a session token before encoding ({@code protocol.md#sessions}). */
  private static final int TOKEN_BYTES = 32;

  private final SessionExpiry expiry;
  private final SecureRandom random;
  private final IdSource ids;

  @Inject
  SessionRepository(SessionExpiry expiry, SecureRandom random, IdSource ids) {
    this.expiry = expiry;
    this.random = random;
    this.ids = ids;
  }

  /**
   * A bootstrap token that was redeemed or cancelled.
   *
   * @param sessionId the session for which it was redeemed, live or not; null if it was cancelled
   * @param at when it was redeemed or cancelled
   * @param deviceKey the key that the session is bound to; null if the session is not live or is
   *     bound to no key
   */
  record SpentToken(String sessionId, Instant at, String deviceKey) {}

  /** Returns an id for a new session. */
  String newId() {
    return ids.nextUuid();
  }

  Optional<SessionRow> byToken(StatementCache statements, TokenHash token, Instant now)
      throws SQLException {
    return live(statements, BY_TOKEN, now, token.hex());
  }

  /** Returns whether there is a session of a token that is not live. */
  boolean hasEnded(StatementCache statements, TokenHash token, Instant now) throws SQLException {
    return byToken(statements, token, now).isEmpty()
        && statements.first(BY_TOKEN_EVEN_ENDED, SessionRow::of, token.hex()).isPresent();
  }

  Optional<SessionRow> byId(StatementCache statements, String sessionId, Instant now)
      throws SQLException {
    return live(statements, BY_ID, now, sessionId);
  }

  /** Runs a statement whose last parameters are those of {@link SessionExpiry#LIVE}. */
  private Optional<SessionRow> live(
      StatementCache statements, String sql, Instant now, Object... first) throws SQLException {
    Object[] values = Arrays.copyOf(first, first.length + 2);
    values[first.length] = now.toEpochMilli();
    values[first.length + 1] = expiry.idleSince(now);
    return statements.first(sql, SessionRow::of, values);
  }

  /** Returns the number of live sessions. */
  long count(StatementCache statements, Instant now) throws SQLException {
    return statements
        .first(COUNT, row -> row.getLong(1), now.toEpochMilli(), expiry.idleSince(now))
        .orElse(0L);
  }

  /**
   * Returns the live sessions with these ids.
   *
   * @param sessionIds at most {@value #CHUNK} ids
   */
  List<LiveSession> liveAmong(StatementCache statements, List<String> sessionIds, Instant now)
      throws SQLException {
    // Unused parameters are null, which equals no id.
    Object[] values = new Object[2 + CHUNK];
    values[0] = now.toEpochMilli();
    values[1] = expiry.idleSince(now);
    for (int i = 0; i < sessionIds.size(); i++) {
      values[2 + i] = sessionIds.get(i);
    }
    return statements.list(
        AMONG,
        row -> new LiveSession(SessionRow.of(row).toSession(), row.getString("token_sha256")),
        values);
  }

  /** Returns a query of the live sessions, to which conditions can be added. */
  PagedQuery live(Instant now) {
    return new PagedQuery(SessionRow.COLUMNS, "pairing_session")
        .where(SessionExpiry.LIVE, now.toEpochMilli(), expiry.idleSince(now));
  }

  /** Returns what a bootstrap token was spent for, or empty if it was not spent. */
  Optional<SpentToken> spentToken(StatementCache statements, String nonceSha256, Instant now)
      throws SQLException {
    return statements.first(
        SPENT_TOKEN,
        row ->
            new SpentToken(
                row.getString(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3)),
        now.toEpochMilli(),
        expiry.idleSince(now),
        nonceSha256);
  }

  /**
   * Returns the setup code that is redeemed for a session, or empty if it was issued elsewhere or
   * is no longer stored.
   */
  Optional<SetupCodeStatus> redeemedSetupCode(
      StatementCache statements, String nonceSha256, String sessionId) throws SQLException {
    return statements.first(
        SETUP_CODE,
        row ->
            new SetupCodeStatus(
                row.getString(1),
                SetupCodeState.REDEEMED,
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                sessionId),
        nonceSha256);
  }

  /**
   * Adds a session with the profile and the label of a bootstrap token.
   *
   * @param deviceKey the key to bind the session to, or null
   */
  Redemption.Opened insert(
      Transaction tx, String sessionId, VerifiedClaims claims, DeviceKey deviceKey, Instant now)
      throws SQLException {
    SessionRow row = new SessionRow();
    row.sessionId = sessionId;
    row.profile = claims.profile();
    row.deviceLabel = claims.deviceLabel();
    row.deviceKey = deviceKey == null ? null : deviceKey.value();
    row.issuedAt = now.toEpochMilli();
    row.expiresAt = expiry.expiry(now).toEpochMilli();
    SessionToken token = newToken();
    tx.run(
        INSERT,
        TokenHash.of(token).hex(),
        row.sessionId,
        row.profile,
        row.deviceLabel,
        row.deviceKey,
        row.issuedAt,
        row.expiresAt);
    return new Redemption.Opened(token, row.toSession());
  }

  /** Replaces the token of a session without recording a use; empty if it is not live. */
  Optional<Redemption.Opened> replaceToken(Transaction tx, String sessionId, Instant now)
      throws SQLException {
    SessionToken token = newToken();
    return live(tx.statements(), REPLACE_TOKEN, now, TokenHash.of(token).hex(), sessionId)
        .map(row -> new Redemption.Opened(token, row.toSession()));
  }

  /**
   * Replaces a token and records a use of its session; empty if the session is not live.
   *
   * @param expiresAt the new expiry, ignored if the session expires later
   */
  Optional<Redemption.Opened> rotateToken(
      Transaction tx, TokenHash old, Instant expiresAt, Instant now) throws SQLException {
    SessionToken token = newToken();
    return renew(tx, TokenHash.of(token), old, expiresAt, now)
        .map(row -> new Redemption.Opened(token, row.toSession()));
  }

  /**
   * Records a use of a session whose token stays; empty if the session is not live.
   *
   * @param expiresAt the new expiry, ignored if the session expires later
   */
  Optional<SessionRow> renew(Transaction tx, TokenHash token, Instant expiresAt, Instant now)
      throws SQLException {
    return renew(tx, token, token, expiresAt, now);
  }

  private Optional<SessionRow> renew(
      Transaction tx, TokenHash next, TokenHash old, Instant expiresAt, Instant now)
      throws SQLException {
    long expiry = expiresAt.toEpochMilli();
    return live(
        tx.statements(), RENEW, now, next.hex(), now.toEpochMilli(), expiry, expiry, old.hex());
  }

  private SessionToken newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return new SessionToken(Base64Url.encode(bytes));
  }

  /** Deletes the session of a token and returns it as it was. */
  Optional<SessionRow> deleteByToken(Transaction tx, TokenHash token, Instant now)
      throws SQLException {
    return live(tx.statements(), DELETE_BY_TOKEN, now, token.hex());
  }

  /** Deletes the session with an id and returns it as it was. */
  Optional<SessionRow> deleteById(Transaction tx, String sessionId, Instant now)
      throws SQLException {
    return live(tx.statements(), DELETE_BY_ID, now, sessionId);
  }
}
