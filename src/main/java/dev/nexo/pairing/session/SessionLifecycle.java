package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.PairingEvents;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Rotates the tokens of live sessions, and ends sessions by sign-out or revocation ({@code
 * protocol.md#sessions}). Thread-safe.
 *
 * <p>A rotation changes only the token and the time of the last use: the session keeps its id and
 * its expiry. A session that ends is deleted, so that no change of the clock can make it valid
 * again; the audit trail records the end.
 */
@Component
class SessionLifecycle {

  private static final Logger LOG = System.getLogger(SessionLifecycle.class.getName());

  private final Database database;
  private final Clock clock;
  private final SessionRepository sessions;
  private final DeviceProofVerifier proofs;
  private final PairingEvents events;

  @Inject
  SessionLifecycle(
      Database database,
      Clock clock,
      SessionRepository sessions,
      DeviceProofVerifier proofs,
      PairingEvents events) {
    this.database = database;
    this.clock = clock;
    this.sessions = sessions;
    this.proofs = proofs;
    this.events = events;
  }

  /** Returns a challenge for rotating a token; empty if its session is not live or has no key. */
  Optional<DeviceChallenge> challenge(SessionToken token) {
    Instant now = clock.instant();
    TokenHash presented = TokenHash.of(token);
    return live(presented, now)
        .filter(session -> session.deviceKey != null)
        .map(session -> proofs.newChallenge(presented, now));
  }

  /**
   * Replaces a session's token; the old token becomes invalid immediately.
   *
   * @param proof the proof of the session's device key; ignored if the session has none
   */
  Redemption rotate(SessionToken token, DeviceProof proof) {
    Instant now = clock.instant();
    TokenHash presented = TokenHash.of(token);
    Optional<SessionRow> session = live(presented, now);
    if (session.isEmpty()) {
      return new Redemption.Refused();
    }
    boolean bound = session.get().deviceKey != null;
    if (bound && !proven(session.get(), proof, presented, now)) {
      LogMessage.ROTATION_NOT_SIGNED.log(
          LOG, SessionAuditTrail.describe(session.get().sessionId, session.get().deviceLabel));
      return new Redemption.Refused();
    }
    Optional<DeviceChallenge> used = bound ? Optional.of(proof.challenge()) : Optional.empty();
    return database.write(tx -> replace(tx, presented, used, session.get().sessionId));
  }

  private Optional<SessionRow> live(TokenHash token, Instant now) {
    return database.query(statements -> sessions.byToken(statements, token, now));
  }

  private boolean proven(SessionRow session, DeviceProof proof, TokenHash token, Instant now) {
    return proof != null
        && proofs.verify(proof, token, now)
        && session.deviceKey.equals(proof.key().value());
  }

  private Redemption replace(
      Transaction tx, TokenHash old, Optional<DeviceChallenge> used, String sessionId)
      throws SQLException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    // A challenge is valid for one token: if it was used, that token has been replaced already.
    if (used.isPresent() && !DeviceProofVerifier.spendChallenge(tx, used.get(), sessionId, now)) {
      return new Redemption.Refused();
    }
    Optional<Redemption.Opened> opened = sessions.rotateToken(tx, old, now);
    if (opened.isEmpty()) {
      return new Redemption.Refused();
    }
    SessionAuditTrail.append(
        tx, now, Actor.COMPANION, AuditAction.SESSION_ROTATED, opened.get().session());
    return opened.get();
  }

  /** Ends the session of a token; returns false if it is not live. */
  boolean signOut(SessionToken token) {
    TokenHash presented = TokenHash.of(token);
    // Anyone can send a token; only the holder of a session may take the lock for writing.
    return live(presented, clock.instant()).isPresent()
        && end(
            (tx, now) -> sessions.deleteByToken(tx, presented, now),
            Actor.COMPANION,
            AuditAction.SIGNED_OUT,
            SessionEnd.SIGNED_OUT);
  }

  /** Ends the session with an id for an operator; returns false if it is not live. */
  boolean revoke(String sessionId, Actor by) {
    return end(
        (tx, now) -> sessions.deleteById(tx, sessionId, now),
        by,
        AuditAction.SESSION_REVOKED,
        SessionEnd.REVOKED);
  }

  /** Deletes a session by its token or by its id. */
  @FunctionalInterface
  private interface Deletion {
    Optional<SessionRow> run(Transaction tx, Instant now) throws SQLException;
  }

  private boolean end(Deletion deletion, Actor by, AuditAction action, SessionEnd reason) {
    Optional<SessionRow> ended =
        database.write(
            tx -> {
              Instant now = clock.instant();
              Optional<SessionRow> row = deletion.run(tx, now);
              if (row.isPresent()) {
                SessionAuditTrail.append(tx, now, by, action, row.get().toSession());
              }
              return row;
            });
    ended.ifPresent(row -> events.fire(new PairingEvent.SessionEnded(row.sessionId, reason)));
    return ended.isPresent();
  }
}
