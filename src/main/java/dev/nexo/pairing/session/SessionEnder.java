package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.PairingEvents;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Ends sessions on somebody's word. What has ended is deleted, so that nothing can bring it back,
 * no clock either; the audit trail remembers it. Thread-safe.
 */
@Component
class SessionEnder {

  private final Database database;
  private final Clock clock;
  private final SessionRepository sessions;
  private final PairingEvents notices;

  @Inject
  SessionEnder(Database database, Clock clock, SessionRepository sessions, PairingEvents notices) {
    this.database = database;
    this.clock = clock;
    this.sessions = sessions;
    this.notices = notices;
  }

  /** How a session is deleted: by its token or by its id. */
  @FunctionalInterface
  private interface Deletion {
    Optional<SessionEntity> run(Transaction tx, Instant now) throws SQLException;
  }

  boolean signOut(SessionToken token) {
    TokenHash hash = TokenHash.of(token);
    Instant now = clock.instant();
    // Anybody can ask this: only who has a session may take the one lock for writing.
    boolean known =
        database.query(statements -> sessions.byToken(statements, hash, now)).isPresent();
    return known
        && end(
            (tx, then) -> sessions.deleteByToken(tx, hash, then),
            Actor.COMPANION,
            AuditAction.SIGNED_OUT,
            SessionEnd.SIGNED_OUT);
  }

  boolean revoke(String sessionId, Actor by) {
    return end(
        (tx, now) -> sessions.deleteById(tx, sessionId, now),
        by,
        AuditAction.SESSION_REVOKED,
        SessionEnd.REVOKED);
  }

  private boolean end(Deletion deletion, Actor by, AuditAction action, SessionEnd reason) {
    Optional<SessionEntity> ended =
        database.write(
            tx -> {
              Instant now = clock.instant();
              Optional<SessionEntity> row = deletion.run(tx, now);
              if (row.isPresent()) {
                SessionAuditTrail.append(tx, now, by, action, row.get().toSession());
              }
              return row;
            });
    ended.ifPresent(row -> notices.fire(new PairingEvent.SessionEnded(row.sessionId, reason)));
    return ended.isPresent();
  }
}
