package dev.nexo.pairing.session;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Sweep;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.PairingEvents;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/**
 * Deletes expired sessions and fires an event for each, on the server that deleted it. Thread-safe.
 */
@Component
class ExpiredSessionSweep implements Sweep {

  /** The number of sessions in one transaction, so that redemptions wait only briefly. */
  static final int BATCH = 500;

  private static final String ANY =
      "SELECT session_id FROM pairing_session WHERE " + SessionExpiry.EXPIRED + " LIMIT 1";

  /**
   * The statement checks the condition twice, because a session may be used while the statement
   * waits for its row.
   */
  private static final String DELETE =
      "DELETE FROM pairing_session WHERE session_id IN (SELECT session_id FROM pairing_session"
          + " WHERE "
          + SessionExpiry.EXPIRED
          + " LIMIT "
          + BATCH
          + ") AND "
          + SessionExpiry.EXPIRED
          + " RETURNING session_id";

  private final Database database;
  private final SessionExpiry expiry;
  private final PairingEvents events;

  @Inject
  ExpiredSessionSweep(Database database, SessionExpiry expiry, PairingEvents events) {
    this.database = database;
    this.expiry = expiry;
    this.events = events;
  }

  @Override
  public void sweep(Instant now) {
    long time = now.toEpochMilli();
    long idle = expiry.idleSince(now);
    // Reading first needs no lock, and usually there is nothing to delete.
    while (any(time, idle)) {
      List<String> deleted =
          database.write(
              tx -> tx.statements().list(DELETE, row -> row.getString(1), time, idle, time, idle));
      deleted.forEach(id -> events.fire(new PairingEvent.SessionEnded(id, SessionEnd.EXPIRED)));
    }
  }

  private boolean any(long time, long idle) {
    return database
        .query(statements -> statements.first(ANY, row -> row.getString(1), time, idle))
        .isPresent();
  }
}
