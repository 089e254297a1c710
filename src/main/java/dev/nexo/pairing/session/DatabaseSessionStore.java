package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The room's front desk: answers who is signed in, and passes on what changes that. */
@Component
class DatabaseSessionStore implements PairingSessionStore {

  /** Ours have 43 characters; whatever is longer than this is not worth a look. */
  private static final int MAX_TOKEN_LENGTH = 128;

  private final Database database;
  private final Clock clock;
  private final SessionRepository sessions;
  private final LastSeenUpdater uses;
  private final TokenRedeemer redeeming;
  private final TokenRotator rotation;
  private final SessionEnder endings;
  private final SessionQueries lists;

  @Inject
  DatabaseSessionStore(
      Database database,
      Clock clock,
      SessionRepository sessions,
      LastSeenUpdater uses,
      TokenRedeemer redeeming,
      TokenRotator rotation,
      SessionEnder endings,
      SessionQueries lists) {
    this.database = database;
    this.clock = clock;
    this.sessions = sessions;
    this.uses = uses;
    this.redeeming = redeeming;
    this.rotation = rotation;
    this.endings = endings;
    this.lists = lists;
  }

  private static boolean tooLong(SessionToken token) {
    return token.value().length() > MAX_TOKEN_LENGTH;
  }

  @Override
  public Optional<PairingSession> find(SessionToken token) {
    if (tooLong(token)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    TokenHash hash = TokenHash.of(token);
    Optional<SessionEntity> session =
        database.query(statements -> sessions.byToken(statements, hash, now));
    session.ifPresent(row -> uses.used(row, now));
    return session.map(SessionEntity::toSession);
  }

  @Override
  public Optional<DeviceChallenge> challenge(BootstrapToken token) {
    return redeeming.challenge(token);
  }

  @Override
  public Optional<DeviceChallenge> challenge(SessionToken token) {
    return tooLong(token) ? Optional.empty() : rotation.challenge(token);
  }

  @Override
  public DeviceChallenge blindChallenge(BootstrapToken token) {
    return redeeming.blindChallenge(token);
  }

  @Override
  public Redemption redeem(BootstrapToken token, DeviceProof proof) {
    return redeeming.redeem(token, proof);
  }

  @Override
  public Redemption rotate(SessionToken token, DeviceProof proof) {
    return tooLong(token) ? new Redemption.Refused() : rotation.rotate(token, proof);
  }

  @Override
  public boolean signOut(SessionToken token) {
    return !tooLong(token) && endings.signOut(token);
  }

  @Override
  public Page<PairingSession> list(PageRequest page) {
    return lists.list(page);
  }

  @Override
  public Optional<PairingSession> byId(String sessionId) {
    return lists.byId(sessionId);
  }

  @Override
  public long live() {
    return lists.live();
  }

  @Override
  public Set<String> liveAmong(Set<String> sessionIds) {
    return lists.liveAmong(sessionIds);
  }

  @Override
  public boolean revoke(String sessionId, Actor by) {
    return endings.revoke(sessionId, by);
  }
}
