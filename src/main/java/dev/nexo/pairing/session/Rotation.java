package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.Challenge;
import dev.nexo.pairing.DeviceProof;
import dev.nexo.pairing.Redemption;
import dev.nexo.pairing.SessionToken;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.store.AuditTrail;
import dev.nexo.pairing.store.Database;
import dev.nexo.pairing.store.Transaction;
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
class Rotation {

  private static final Logger LOG = System.getLogger(Rotation.class.getName());

  private final Database database;
  private final Clock clock;
  private final SessionRows sessions;
  private final SessionTokens tokens;
  private final Challenges challenges;
  private final DeviceProofs proofs;

  @Inject
  Rotation(
      Database database,
      Clock clock,
      SessionRows sessions,
      SessionTokens tokens,
      Challenges challenges,
      DeviceProofs proofs) {
    this.database = database;
    this.clock = clock;
    this.sessions = sessions;
    this.tokens = tokens;
    this.challenges = challenges;
    this.proofs = proofs;
  }

  Optional<Challenge> challenge(SessionToken token) {
    Instant now = clock.instant();
    Presented presented = Presented.of(token);
    return live(presented, now)
        .filter(session -> session.deviceKey != null)
        .map(session -> challenges.fresh(presented, now));
  }

  Redemption rotate(SessionToken token, DeviceProof proof) {
    Instant now = clock.instant();
    Presented presented = Presented.of(token);
    Optional<SessionRow> session = live(presented, now);
    if (session.isEmpty()) {
      return new Redemption.Refused();
    }
    boolean bound = session.get().deviceKey != null;
    if (bound && !proven(session.get(), proof, presented, now)) {
      LOG.log(
          Level.WARNING,
          "The token of session {0} was not replaced: its device key did not sign",
          Circumstances.of(session.get().sessionId, session.get().deviceLabel));
      return new Redemption.Refused();
    }
    Optional<Challenge> used = bound ? Optional.of(proof.challenge()) : Optional.empty();
    return database.write(tx -> replace(tx, presented, used, session.get().sessionId));
  }

  private Optional<SessionRow> live(Presented token, Instant now) {
    return database.query(statements -> sessions.byToken(statements, token.hex(), now));
  }

  private boolean proven(SessionRow session, DeviceProof proof, Presented token, Instant now) {
    return proof != null
        && proofs.hold(proof, token, now)
        && session.deviceKey.equals(proof.key().value());
  }

  private Redemption replace(
      Transaction tx, Presented old, Optional<Challenge> used, String sessionId)
      throws SQLException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    // A challenge is made for one token: if it is used, that token has been replaced before.
    if (used.isPresent() && !Challenges.spend(tx, used.get(), sessionId, now)) {
      return new Redemption.Refused();
    }
    SessionToken token = tokens.next();
    Optional<SessionRow> row = sessions.rotate(tx, old.hex(), Presented.of(token).hex(), now);
    if (row.isEmpty()) {
      return new Redemption.Refused();
    }
    String detail = Circumstances.of(sessionId, row.get().deviceLabel);
    AuditTrail.append(tx, now, Actor.COMPANION, "session_rotated", null, detail, sessionId);
    return new Redemption.Opened(token, row.get().toSession());
  }
}
