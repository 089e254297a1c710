package dev.nexo.pairing.session;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Sweep;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.PairingEvents;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Deletes the sessions whose time is over, and tells of each: once, by the server that deleted it.
 * Thread-safe.
 */
@Component
class ExpiredSessionSweep implements Sweep {

  /** How many a transaction deletes, so that a redemption never waits long for its turn. */
  static final int BATCH = 500;

  private static final String ANY =
      "SELECT session_id FROM pairing_session WHERE " + SessionExpiry.OVER + " LIMIT 1";

  /** The condition twice: the second time for rows that were used while this waited for them. */
  private static final String DELETE =
      "DELETE FROM pairing_session WHERE session_id IN (SELECT session_id FROM pairing_session"
          + " WHERE "
          + SessionExpiry.OVER
          + " LIMIT "
          + BATCH
          + ") AND "
          + SessionExpiry.OVER
          + " RETURNING session_id";

  private final Database database;
  private final SessionExpiry lifetimes;
  private final PairingEvents notices;

  @Inject
  ExpiredSessionSweep(Database database, SessionExpiry lifetimes, PairingEvents notices) {
    this.database = database;
    this.lifetimes = lifetimes;
    this.notices = notices;
  }

  @Override
  public void sweep(Instant now) {
    while (any(now)) {
      for (String sessionId : database.write(tx -> batch(tx, now))) {
        notices.fire(new PairingEvent.SessionEnded(sessionId, SessionEnd.EXPIRED));
      }
    }
  }

  /** A question costs no lock, and mostly there is nothing to do. */
  private boolean any(Instant now) {
    return database
        .query(
            statements ->
                SqlRows.one(
                    statements,
                    ANY,
                    row -> row.getString(1),
                    now.toEpochMilli(),
                    lifetimes.idleSince(now)))
        .isPresent();
  }

  private List<String> batch(Transaction tx, Instant now) throws SQLException {
    long time = now.toEpochMilli();
    long idleSince = lifetimes.idleSince(now);
    return SqlRows.of(
        tx.statements(), DELETE, row -> row.getString(1), time, idleSince, time, idleSince);
  }
}
