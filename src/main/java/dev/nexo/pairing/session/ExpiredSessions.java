package dev.nexo.pairing.session;

import dev.nexo.pairing.PairingNotice;
import dev.nexo.pairing.SessionEnd;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.store.Database;
import dev.nexo.pairing.store.Notices;
import dev.nexo.pairing.store.Sweep;
import dev.nexo.pairing.store.Transaction;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Deletes the sessions whose time is over, and tells of each: once, by the server that deleted it.
 * Thread-safe.
 */
@Component
class ExpiredSessions implements Sweep {

  /** How many a transaction deletes, so that a redemption never waits long for its turn. */
  static final int BATCH = 500;

  private static final String ANY =
      "SELECT session_id FROM pairing_session WHERE " + Lifetimes.OVER + " LIMIT 1";

  /** The condition twice: the second time for rows that were used while this waited for them. */
  private static final String DELETE =
      "DELETE FROM pairing_session WHERE session_id IN (SELECT session_id FROM pairing_session"
          + " WHERE "
          + Lifetimes.OVER
          + " LIMIT "
          + BATCH
          + ") AND "
          + Lifetimes.OVER
          + " RETURNING session_id";

  private final Database database;
  private final Lifetimes lifetimes;
  private final Notices notices;

  @Inject
  ExpiredSessions(Database database, Lifetimes lifetimes, Notices notices) {
    this.database = database;
    this.lifetimes = lifetimes;
    this.notices = notices;
  }

  @Override
  public void sweep(Instant now) {
    while (any(now)) {
      for (String sessionId : database.write(tx -> batch(tx, now))) {
        notices.fire(new PairingNotice.SessionEnded(sessionId, SessionEnd.EXPIRED));
      }
    }
  }

  /** A question costs no lock, and mostly there is nothing to do. */
  private boolean any(Instant now) {
    return database
        .query(
            statements ->
                Rows.one(
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
    return Rows.of(
        tx.statements(), DELETE, row -> row.getString(1), time, idleSince, time, idleSince);
  }
}
