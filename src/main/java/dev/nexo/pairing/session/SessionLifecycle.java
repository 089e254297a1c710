package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.PairingSession;
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
 * Renews live sessions, and ends sessions by sign-out or revocation ({@code protocol.md#sessions}).
 * Thread-safe.
 *
 * <p>A session is renewed if its companion rotates the token, or connects again with it. The
 * session keeps its id and may get a later expiry ({@link SessionExpiry}). A session that ends is
 * deleted, so that no change of the clock can make it valid again; the audit trail records the end.
 */
@Component
class SessionLifecycle {

  private static final Logger LOG = System.getLogger(SessionLifecycle.class.getName());

  private final Database database;
  private final Clock clock;
  private final SessionRepository sessions;
  private final SessionExpiry expiry;
  private final DeviceProofVerifier proofs;
  private final PairingEvents events;

  @Inject
  SessionLifecycle(
      Database database,
      Clock clock,
      SessionRepository sessions,
      SessionExpiry expiry,
      DeviceProofVerifier proofs,
      PairingEvents events) {
    this.database = database;
    this.clock = clock;
    this.sessions = sessions;
    this.expiry = expiry;
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

  /** Returns a challenge for any token, without checking it. */
  DeviceChallenge blindChallenge(SessionToken token) {
    return proofs.newChallenge(TokenHash.of(token), clock.instant());
  }

  /**
   * Replaces a session's token and renews the session; the old token becomes invalid immediately.
   *
   * @param proof the proof of the session's device key; ignored if the session has none
   */
  Redemption rotate(SessionToken token, DeviceProof proof) {
    TokenHash presented = TokenHash.of(token);
    Optional<SessionRow> session = proven(presented, proof);
    return session.isEmpty()
        ? new Redemption.Refused()
        : database.write(tx -> replace(tx, presented, proof, session.get()));
  }

  /**
   * Renews the session of a companion that connects again; its token stays valid. Empty if the
   * session is not live or the proof is not valid.
   *
   * @param proof the proof of the session's device key; ignored if the session has none
   */
  Optional<PairingSession> resume(SessionToken token, DeviceProof proof) {
    TokenHash presented = TokenHash.of(token);
    Optional<SessionRow> session = proven(presented, proof);
    // Without a device key, most calls change nothing and need no transaction.
    boolean changes =
        session
            .filter(row -> row.deviceKey != null || expiry.isRenewalDue(row, clock.instant()))
            .isPresent();
    return (changes ? database.write(tx -> renew(tx, presented, proof, session.get())) : session)
        .map(SessionRow::toSession);
  }

  private Optional<SessionRow> live(TokenHash token, Instant now) {
    return database.query(statements -> sessions.byToken(statements, token, now));
  }

  /** Returns the live session of a token, if the proof of its device key is valid. */
  private Optional<SessionRow> proven(TokenHash token, DeviceProof proof) {
    Instant now = clock.instant();
    Optional<SessionRow> session = live(token, now);
    if (session.isEmpty() || session.get().deviceKey == null) {
      return session;
    }
    if (proof != null
        && proofs.verify(proof, token, now)
        && session.get().deviceKey.equals(proof.key().value())) {
      return session;
    }
    LogMessage.SESSION_NOT_SIGNED.log(
        LOG, SessionAuditTrail.describe(session.get().sessionId, session.get().deviceLabel));
    return Optional.empty();
  }

  /** Spends the challenge of a session with a device key; false if it was used before. */
  private static boolean spendChallenge(
      Transaction tx, SessionRow session, DeviceProof proof, Instant now) throws SQLException {
    return session.deviceKey == null
        || DeviceProofVerifier.spendChallenge(tx, proof.challenge(), session.sessionId, now);
  }

  private Optional<SessionRow> renew(
      Transaction tx, TokenHash token, DeviceProof proof, SessionRow session) throws SQLException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    if (!spendChallenge(tx, session, proof, now)) {
      return Optional.empty();
    }
    boolean due = expiry.isRenewalDue(session, now);
    Instant expiresAt =
        due ? expiry.renewedExpiry(session, now) : Instant.ofEpochMilli(session.expiresAt);
    Optional<SessionRow> renewed = sessions.renew(tx, token, expiresAt, now);
    if (due && renewed.isPresent()) {
      SessionAuditTrail.append(
          tx, now, Actor.COMPANION, AuditAction.SESSION_RENEWED, renewed.get().toSession());
    }
    return renewed;
  }

  private Redemption replace(Transaction tx, TokenHash old, DeviceProof proof, SessionRow session)
      throws SQLException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    // A challenge is valid for one token: if it was used, that token has been replaced already.
    if (!spendChallenge(tx, session, proof, now)) {
      return new Redemption.Refused();
    }
    Optional<Redemption.Opened> opened =
        sessions.rotateToken(tx, old, expiry.renewedExpiry(session, now), now);
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
