package dev.nexo.pairing.setupcode;

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
 * Tells of setup codes that ran out, the audit trail too, and a day later forgets them and what
 * spent them.
 */
@Component
class SetupCodeSweep implements Sweep {

  private static final Duration REMEMBERED = Duration.ofHours(24);
  private static final int BATCH = 500;

  private static final String TELL =
      "UPDATE pairing_setup_code SET expired = 1 WHERE setup_id = ? AND expired = 0";
  private static final String FORGET_CODES =
      "DELETE FROM pairing_setup_code WHERE setup_id IN (SELECT setup_id FROM pairing_setup_code"
          + " WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)";
  private static final String FORGET_NONCES =
      "DELETE FROM pairing_spent_nonce WHERE nonce_sha256 IN (SELECT nonce_sha256"
          + " FROM pairing_spent_nonce WHERE kept_until <= ? ORDER BY kept_until LIMIT ?)";

  private final Database database;
  private final PairingEvents notices;

  @Inject
  SetupCodeSweep(Database database, PairingEvents notices) {
    this.database = database;
    this.notices = notices;
  }

  @Override
  public void sweep(Instant now) {
    while (tell(now) == BATCH) {
      // There may be more.
    }
    long forgotten = now.minus(REMEMBERED).toEpochMilli();
    // The codes first: one without its nonce would look as if nobody had redeemed it.
    forget(
        "select count(*) from SetupCodeEntity where expiresAt <= :until", FORGET_CODES, forgotten);
    forget(
        "select count(*) from SpentNonceEntity where keptUntil <= :until",
        FORGET_NONCES,
        forgotten);
  }

  private int tell(Instant now) {
    List<SetupCodeEntity> due = database.read(session -> due(session, now));
    if (due.isEmpty()) {
      return 0;
    }
    List<SetupCodeStatus> told = database.write(tx -> tell(tx, due, now));
    told.forEach(status -> notices.fire(new SetupCodeChanged(status)));
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

  /** Of several servers, the one tells whose update finds the row untold. */
  private static List<SetupCodeStatus> tell(Transaction tx, List<SetupCodeEntity> due, Instant now)
      throws SQLException {
    List<SetupCodeStatus> told = new ArrayList<>();
    for (SetupCodeEntity row : due) {
      if (tx.run(TELL, row.setupId) > 0) {
        SetupCodeStatus status = row.status(tx.session(), now);
        if (status.state() == SetupCodeState.EXPIRED) {
          AuditTrail.append(
              tx, now, Actor.GATE, AuditAction.SETUP_EXPIRED, null, row.label(), row.setupId);
          told.add(status);
        }
      }
    }
    return told;
  }

  /** Looks first: nobody should wait for the write lock when there is nothing to delete. */
  private void forget(String count, String delete, long until) {
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
