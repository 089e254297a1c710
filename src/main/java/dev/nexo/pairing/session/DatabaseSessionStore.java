package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.LiveSession;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionChanges;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.database.Cursor;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.PagedQuery;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stores the sessions of companions in the database. This class finds and lists them, {@link
 * TokenRedeemer} opens them, and {@link SessionLifecycle} changes and ends them. Thread-safe.
 */
@Component
class DatabaseSessionStore implements PairingSessionStore {

  /** Session tokens have 43 characters; longer strings are refused without a query. */
  private static final int MAX_TOKEN_LENGTH = 128;

  /** The name of the session list in cursors. */
  private static final String LIST = "sessions";

  private final Database database;
  private final Clock clock;
  private final SessionRepository sessions;
  private final LastSeenUpdater lastSeen;
  private final TokenRedeemer redeemer;
  private final SessionLifecycle lifecycle;

  @Inject
  DatabaseSessionStore(
      Database database,
      Clock clock,
      SessionRepository sessions,
      LastSeenUpdater lastSeen,
      TokenRedeemer redeemer,
      SessionLifecycle lifecycle) {
    this.database = database;
    this.clock = clock;
    this.sessions = sessions;
    this.lastSeen = lastSeen;
    this.redeemer = redeemer;
    this.lifecycle = lifecycle;
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
    try (StorageBudget budget = StorageBudget.open()) {
      Optional<PairingSession> session =
          database
              .query(statements -> sessions.byToken(statements, hash, now))
              .map(SessionRow::toSession);
      session.ifPresent(found -> lastSeen.used(found, now));
      return session;
    }
  }

  @Override
  public Optional<DeviceChallenge> challenge(BootstrapToken token) {
    return redeemer.challenge(token);
  }

  @Override
  public Optional<DeviceChallenge> challenge(SessionToken token) {
    return tooLong(token) ? Optional.empty() : lifecycle.challenge(token);
  }

  @Override
  public DeviceChallenge blindChallenge(BootstrapToken token) {
    return redeemer.blindChallenge(token);
  }

  @Override
  public DeviceChallenge blindChallenge(SessionToken token) {
    return lifecycle.blindChallenge(token);
  }

  @Override
  public Redemption redeem(BootstrapToken token, DeviceProof proof) {
    try (StorageBudget budget = StorageBudget.open()) {
      return redeemer.redeem(token, proof);
    }
  }

  @Override
  public Redemption rotate(SessionToken token, DeviceProof proof) {
    try (StorageBudget budget = StorageBudget.open()) {
      return tooLong(token) ? new Redemption.Refused() : lifecycle.rotate(token, proof);
    }
  }

  @Override
  public Optional<PairingSession> resume(SessionToken token, DeviceProof proof) {
    if (tooLong(token)) {
      return Optional.empty();
    }
    try (StorageBudget budget = StorageBudget.open()) {
      Optional<PairingSession> session = lifecycle.resume(token, proof);
      // A renewal has recorded the use already, and most calls do not renew.
      session.ifPresent(found -> lastSeen.used(found, clock.instant()));
      return session;
    }
  }

  @Override
  public boolean hasEnded(String token) {
    if (token.indexOf('.') >= 0) {
      return redeemer.hasEnded(new BootstrapToken(token));
    }
    SessionToken session = new SessionToken(token);
    if (tooLong(session)) {
      return false;
    }
    Instant now = clock.instant();
    TokenHash hash = TokenHash.of(session);
    return database.query(statements -> sessions.hasEnded(statements, hash, now));
  }

  @Override
  public boolean signOut(SessionToken token) {
    try (StorageBudget budget = StorageBudget.open()) {
      return !tooLong(token) && lifecycle.signOut(token);
    }
  }

  @Override
  public boolean revoke(String sessionId, Actor by) {
    return lifecycle.revoke(sessionId, by);
  }

  @Override
  public Page<PairingSession> list(PageRequest page) {
    PagedQuery listing = sessions.live(clock.instant());
    if (page.cursor() != null) {
      List<String> key = Cursor.read(LIST, 2, page.cursor());
      listing.where("(issued_at, session_id) < (?, ?)", Cursor.number(key.get(0)), key.get(1));
    }
    List<SessionRow> rows =
        database.query(
            statements ->
                listing.rows(
                    statements,
                    SessionRow::of,
                    "issued_at DESC, session_id DESC",
                    page.limit() + 1));
    return PagedQuery.page(
        rows.stream().map(SessionRow::toSession).toList(),
        page,
        item -> Cursor.after(LIST, item.issuedAt().toEpochMilli(), item.sessionId()));
  }

  @Override
  public Optional<PairingSession> byId(String sessionId) {
    Instant now = clock.instant();
    return database
        .query(statements -> sessions.byId(statements, sessionId, now))
        .map(SessionRow::toSession);
  }

  @Override
  public long live() {
    Instant now = clock.instant();
    return database.query(statements -> sessions.count(statements, now));
  }

  @Override
  public List<LiveSession> liveAmong(Set<String> sessionIds) {
    List<String> ids = List.copyOf(sessionIds);
    Instant now = clock.instant();
    List<LiveSession> live = new ArrayList<>(ids.size());
    for (int start = 0; start < ids.size(); start += SessionRepository.CHUNK) {
      List<String> chunk =
          ids.subList(start, Math.min(start + SessionRepository.CHUNK, ids.size()));
      live.addAll(database.query(statements -> sessions.liveAmong(statements, chunk, now)));
    }
    return live;
  }

  @Override
  public void recordUse(Collection<PairingSession> used) {
    Instant now = clock.instant();
    try (StorageBudget budget = StorageBudget.open()) {
      used.forEach(session -> lastSeen.used(session, now));
    }
  }

  @Override
  public SessionChanges changesSince(long position) {
    return database.query(statements -> SessionAuditTrail.changesSince(statements, position));
  }
}
