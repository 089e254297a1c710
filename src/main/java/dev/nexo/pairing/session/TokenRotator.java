package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Replaces the token of a session that lives, and looks after its challenge. The session stays what
 * it was, its expiry too: a new token is no new pairing. Thread-safe.
 */
@Component
class TokenRotator {

  private static final Logger LOG = System.getLogger(TokenRotator.class.getName());

  private final Database database;
  private final Clock clock;
  private final SessionRepository sessions;
  private final DeviceProofVerifier proofs;

  @Inject
  TokenRotator(
      Database database, Clock clock, SessionRepository sessions, DeviceProofVerifier proofs) {
    this.database = database;
    this.clock = clock;
    this.sessions = sessions;
    this.proofs = proofs;
  }

  Optional<DeviceChallenge> challenge(SessionToken token) {
    Instant now = clock.instant();
    TokenHash presented = TokenHash.of(token);
    return live(presented, now)
        .filter(session -> session.deviceKey != null)
        .map(session -> proofs.newChallenge(presented, now));
  }

  Redemption rotate(SessionToken token, DeviceProof proof) {
    Instant now = clock.instant();
    TokenHash presented = TokenHash.of(token);
    Optional<SessionEntity> session = live(presented, now);
    if (session.isEmpty()) {
      return new Redemption.Refused();
    }
    boolean bound = session.get().deviceKey != null;
    if (bound && !proven(session.get(), proof, presented, now)) {
      LOG.log(
          Level.WARNING,
          "The token of session {0} was not replaced: its device key did not sign",
          SessionAuditTrail.describe(session.get().sessionId, session.get().deviceLabel));
      return new Redemption.Refused();
    }
    Optional<DeviceChallenge> used = bound ? Optional.of(proof.challenge()) : Optional.empty();
    return database.write(tx -> replace(tx, presented, used, session.get().sessionId));
  }

  private Optional<SessionEntity> live(TokenHash token, Instant now) {
    return database.query(statements -> sessions.byToken(statements, token, now));
  }

  private boolean proven(SessionEntity session, DeviceProof proof, TokenHash token, Instant now) {
    return proof != null
        && proofs.verify(proof, token, now)
        && session.deviceKey.equals(proof.key().value());
  }

  private Redemption replace(
      Transaction tx, TokenHash old, Optional<DeviceChallenge> used, String sessionId)
      throws SQLException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    // A challenge is made for one token: if it is used, that token has been replaced before.
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
}
