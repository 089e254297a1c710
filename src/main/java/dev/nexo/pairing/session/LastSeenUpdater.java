package dev.nexo.pairing.session;

import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records when a session was last used, at most once a minute per session ({@link
 * SessionExpiry#noteEvery}). If the update fails, the request that caused it still succeeds.
 * Thread-safe.
 */
@Component
class LastSeenUpdater {

  private static final Logger LOG = System.getLogger(LastSeenUpdater.class.getName());

  /**
   * The condition keeps other servers, and a clock that was set back, from undoing a later note.
   */
  private static final String UPDATE =
      "UPDATE pairing_session SET last_seen_at = ? WHERE session_id = ?"
          + " AND (last_seen_at IS NULL OR last_seen_at <= ?)";

  /** How long nothing is noted after a failure: each try may take as long as a caller can wait. */
  private static final Duration REST = Duration.ofSeconds(10);

  private final Database database;
  private final SessionExpiry lifetimes;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private volatile Instant failedAt = Instant.MIN;

  @Inject
  LastSeenUpdater(Database database, SessionExpiry lifetimes) {
    this.database = database;
    this.lifetimes = lifetimes;
  }

  /** A session is used now. */
  void used(SessionEntity session, Instant now) {
    long newestDue = now.minus(lifetimes.noteEvery()).toEpochMilli();
    boolean due = session.lastSeenAt == null || session.lastSeenAt <= newestDue;
    if (due && !resting(now) && underWay.add(session.sessionId)) {
      try {
        database.write(tx -> tx.run(UPDATE, now.toEpochMilli(), session.sessionId, newestDue));
      } catch (RuntimeException e) {
        failedAt = now;
        LOG.log(Level.DEBUG, "The use of session " + session.sessionId + " is not noted", e);
      } finally {
        underWay.remove(session.sessionId);
      }
    }
  }

  private boolean resting(Instant now) {
    return !now.isBefore(failedAt) && Duration.between(failedAt, now).compareTo(REST) < 0;
  }
}
