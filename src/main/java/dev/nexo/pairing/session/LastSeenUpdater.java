package dev.nexo.pairing.session;

import dev.nexo.pairing.companion.PairingSession;
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
 * SessionExpiry#updateInterval}). It takes no turn, so companions in use do not delay changes. If
 * the update fails, the request that caused it still succeeds. Thread-safe.
 */
@Component
class LastSeenUpdater {

  private static final Logger LOG = System.getLogger(LastSeenUpdater.class.getName());

  /**
   * The statement never replaces a later time, which another server or a clock that was set back
   * since may have written.
   */
  private static final String UPDATE =
      "UPDATE pairing_session SET last_seen_at = ? WHERE session_id = ?"
          + " AND (last_seen_at IS NULL OR last_seen_at <= ?)";

  /** The pause after a failure, because every attempt may delay a caller until the timeout. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Database database;
  private final SessionExpiry expiry;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private volatile Instant failedAt = Instant.MIN;

  @Inject
  LastSeenUpdater(Database database, SessionExpiry expiry) {
    this.database = database;
    this.expiry = expiry;
  }

  /** Records that a session is used now. */
  void used(PairingSession session, Instant now) {
    long newestDue = now.minus(expiry.updateInterval()).toEpochMilli();
    boolean due = session.lastSeenAt() == null || session.lastSeenAt().toEpochMilli() <= newestDue;
    if (due && !pausing(now) && running.add(session.sessionId())) {
      try {
        database.mark(tx -> tx.run(UPDATE, now.toEpochMilli(), session.sessionId(), newestDue));
      } catch (RuntimeException e) {
        failedAt = now;
        LOG.log(Level.DEBUG, "The use of session " + session.sessionId() + " is not noted", e);
      } finally {
        running.remove(session.sessionId());
      }
    }
  }

  private boolean pausing(Instant now) {
    return !now.isBefore(failedAt) && Duration.between(failedAt, now).compareTo(PAUSE) < 0;
  }
}
