package dev.nexo.pairing.setupcode;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.PairingEvent.SetupCodeChanged;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Sweep;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.AuditTrail;
import dev.nexo.pairing.store.PairingEvents;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.StatelessSession;

/**
 * Reports expired setup codes, and deletes them and the spent nonces 24 h later. Deletes by {@link
 * ProvenTime}: a clock that was ahead for a while must not make a redeemed code valid again.
 */
@Component
class SetupCodeSweep implements Sweep {

  private static final Duration KEPT = Duration.ofHours(24);
  private static final int BATCH = 500;

  private static final String MARK =
      "UPDATE pairing_setup_code SET expired = 1 WHERE setup_id = ? AND expired = 0";
  private static final String DELETE_CODES =
      "DELETE FROM pairing_setup_code WHERE setup_id IN (SELECT setup_id FROM pairing_setup_code"
          + " WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)";
  private static final String DELETE_NONCES =
      "DELETE FROM pairing_spent_nonce WHERE nonce_sha256 IN (SELECT nonce_sha256"
          + " FROM pairing_spent_nonce WHERE kept_until <= ? ORDER BY kept_until LIMIT ?)";

  private static final String NEWEST =
      "SELECT coalesce(max(spent_at), -1) FROM pairing_spent_nonce";

  private final Database database;
  private final PairingEvents events;
  private final Ticker ticker;

  /** Null until the first sweep. */
  private ProvenTime proven;

  @Inject
  SetupCodeSweep(Database database, PairingEvents events, Ticker ticker) {
    this.database = database;
    this.events = events;
    this.ticker = ticker;
  }

  @Override
  public void sweep(Instant now) {
    while (report(now) == BATCH) {
      // There may be more.
    }
    long until = proven(now).minus(KEPT).toEpochMilli();
    // The codes first: a redeemed code without its nonce would be treated as expired.
    delete("select count(*) from SetupCodeEntity where expiresAt <= :until", DELETE_CODES, until);
    delete("select count(*) from SpentNonceEntity where keptUntil <= :until", DELETE_NONCES, until);
  }

  private synchronized Instant proven(Instant now) {
    if (proven == null) {
      // The clock may be ahead since before the start, so only what is recorded has passed.
      long recorded =
          database.query(statements -> statements.first(NEWEST, row -> row.getLong(1))).orElse(-1L);
      Instant passed = recorded < 0 ? now : Instant.ofEpochMilli(recorded);
      proven = new ProvenTime(ticker, passed);
    }
    return proven.at(now);
  }

  private int report(Instant now) {
    List<SetupCodeEntity> due = database.read(session -> due(session, now));
    if (due.isEmpty()) {
      return 0;
    }
    List<SetupCodeStatus> expired = database.write(tx -> mark(tx, due, now));
    expired.forEach(status -> events.fire(new SetupCodeChanged(status)));
    return due.size();
  }

  private static List<SetupCodeEntity> due(StatelessSession session, Instant now) {
    return session
        .createSelectionQuery(
            "from SetupCodeEntity where expired = 0 and expiresAt <= :now order by expiresAt",
            SetupCodeEntity.class)
        .setParameter("now", now.toEpochMilli())
        .setMaxResults(BATCH)
        .getResultList();
  }

  /** Marks codes as processed. Of several servers, the one that marks a code reports it. */
  private static List<SetupCodeStatus> mark(Transaction tx, List<SetupCodeEntity> due, Instant now)
      throws SQLException {
    List<SetupCodeStatus> expired = new ArrayList<>();
    for (SetupCodeEntity row : due) {
      if (tx.run(MARK, row.setupId) > 0) {
        SetupCodeStatus status = row.status(tx.session(), now);
        if (status.state() == SetupCodeState.EXPIRED) {
          AuditTrail.append(
              tx, now, Actor.GATE, AuditAction.SETUP_EXPIRED, null, row.label(), row.setupId);
          expired.add(status);
        }
      }
    }
    return expired;
  }

  /**
   * Deletes rows. Counts them first, because usually there is nothing to delete and no need for a
   * write lock.
   */
  private void delete(String count, String delete, long until) {
    long left =
        database.read(
            session ->
                session
                    .createSelectionQuery(count, Long.class)
                    .setParameter("until", until)
                    .getSingleResult());
    for (; left > 0; left -= BATCH) {
      database.write(tx -> tx.run(delete, until, BATCH));
    }
  }
}
