package dev.nexo.pairing.session;

import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.database.Cursor;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.PagedQuery;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which sessions live. Thread-safe. */
@Component
class SessionQueries {

  private static final String LIST = "sessions";

  /** How many sessions one statement asks for. */
  static final int CHUNK = 500;

  private static final String COUNT =
      "SELECT count(*) FROM pairing_session WHERE " + SessionExpiry.LIVE;
  private static final String AMONG =
      "SELECT "
          + SessionEntity.COLUMNS
          + " FROM pairing_session WHERE "
          + SessionExpiry.LIVE
          + " AND session_id IN ("
          + String.join(",", Collections.nCopies(CHUNK, "?"))
          + ")";

  private final Database database;
  private final Clock clock;
  private final SessionExpiry lifetimes;
  private final SessionRepository sessions;
  private final LastSeenUpdater uses;

  @Inject
  SessionQueries(
      Database database,
      Clock clock,
      SessionExpiry lifetimes,
      SessionRepository sessions,
      LastSeenUpdater uses) {
    this.database = database;
    this.clock = clock;
    this.lifetimes = lifetimes;
    this.sessions = sessions;
    this.uses = uses;
  }

  Page<PairingSession> list(PageRequest page) {
    Instant now = clock.instant();
    PagedQuery listing =
        new PagedQuery("pairing_session")
            .where(SessionExpiry.LIVE_NAMED)
            .with("now", now.toEpochMilli())
            .with("idle_since", lifetimes.idleSince(now));
    if (page.cursor() != null) {
      List<String> key = Cursor.read(LIST, 2, page.cursor());
      listing
          .where("(issued_at, session_id) < (:c0, :c1)")
          .with("c0", Cursor.number(key.get(0)))
          .with("c1", key.get(1));
    }
    return database.read(
        session ->
            listing.page(
                session,
                SessionEntity.class,
                "issued_at DESC, session_id DESC",
                page,
                SessionEntity::toSession,
                row -> Cursor.after(LIST, row.issuedAt, row.sessionId)));
  }

  Optional<PairingSession> byId(String sessionId) {
    Instant now = clock.instant();
    return database
        .query(statements -> sessions.byId(statements, sessionId, now))
        .map(SessionEntity::toSession);
  }

  long live() {
    Instant now = clock.instant();
    return database
        .query(
            statements ->
                SqlRows.one(
                    statements,
                    COUNT,
                    row -> row.getLong(1),
                    now.toEpochMilli(),
                    lifetimes.idleSince(now)))
        .orElse(0L);
  }

  Set<String> liveAmong(Set<String> sessionIds) {
    List<String> ids = List.copyOf(sessionIds);
    Instant now = clock.instant();
    Set<String> live = new HashSet<>();
    for (int start = 0; start < ids.size(); start += CHUNK) {
      List<String> chunk = ids.subList(start, Math.min(start + CHUNK, ids.size()));
      for (SessionEntity row : database.query(statements -> liveAmong(statements, chunk, now))) {
        uses.used(row, now);
        live.add(row.sessionId);
      }
    }
    return live;
  }

  private List<SessionEntity> liveAmong(StatementCache statements, List<String> chunk, Instant now)
      throws SQLException {
    // A short last chunk is filled up with null, which equals nothing.
    Object[] values = Arrays.copyOf(new Object[] {now.toEpochMilli(), idleSince(now)}, 2 + CHUNK);
    for (int i = 0; i < chunk.size(); i++) {
      values[2 + i] = chunk.get(i);
    }
    return SqlRows.of(statements, AMONG, SessionEntity::of, values);
  }

  private long idleSince(Instant now) {
    return lifetimes.idleSince(now);
  }
}
