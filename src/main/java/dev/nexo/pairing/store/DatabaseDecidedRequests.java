package dev.nexo.pairing.store;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.internal.DecidedRequests;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.store.DecidedStatements.Decided;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Undoes decisions, each in one transaction. The sender is notified of nothing. */
@Component
class DatabaseDecidedRequests implements DecidedRequests {

  private final Database database;
  private final PairingEvents events;
  private final IdSource ids;
  private final Clock clock;

  @Inject
  DatabaseDecidedRequests(Database database, PairingEvents events, IdSource ids, Clock clock) {
    this.database = database;
    this.events = events;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public Page<Denied> denied(AccountFilter accounts, PageRequest page) {
    Instant now = clock.instant();
    return database.query(statements -> DecidedStatements.denied(statements, accounts, page, now));
  }

  @Override
  public PendingOutcome restore(String requestId, Actor by) {
    Instant now = clock.instant();
    PendingOutcome outcome = database.write(tx -> restore(tx, requestId, by, now));
    if (outcome instanceof PendingOutcome.Done done) {
      // The admission that an approval made may be cached.
      events.fire(new PairingEvent.AdmissionChanged(List.of(done.sender())));
    }
    return outcome;
  }

  private PendingOutcome restore(Transaction tx, String requestId, Actor by, Instant now)
      throws SQLException {
    Optional<Decided> found = DecidedStatements.find(tx.statements(), requestId);
    if (found.isEmpty()) {
      return new PendingOutcome.Unknown();
    }
    Decided decided = found.get();
    SenderKey sender = decided.sender();
    if (decided.createdAt() <= PendingEntity.newestExpired(now)) {
      return new PendingOutcome.Expired(sender);
    }
    SenderState state = SenderState.one(tx.statements(), sender, now);
    boolean isLast =
        decided.until().isAfter(now)
            && decided.isStateOf(state, now)
            && PendingStatements.find(tx, sender).isEmpty();
    if (!isLast) {
      return new PendingOutcome.Unknown();
    }
    if (decided.action() == AuditAction.APPROVED) {
      AllowFromStatements.revoke(tx, sender, by, now);
    } else {
      BlockedStatements.delete(tx, sender);
    }
    DecidedStatements.restore(tx, requestId);
    queueAgain(tx, decided, now);
    String detail = decided.action().wireName();
    AuditTrail.append(tx, now, by, AuditAction.RESTORED, sender, detail, requestId);
    return new PendingOutcome.Done(sender, now.truncatedTo(ChronoUnit.SECONDS));
  }

  private void queueAgain(Transaction tx, Decided decided, Instant now) throws SQLException {
    if (decided.queued() == 0) {
      return;
    }
    PendingEntity request = PendingStatements.find(tx, decided.sender()).orElseThrow();
    if ((decided.queued() & DecidedStatements.CHALLENGE) != 0) {
      PendingStatements.queue(tx, ids.nextUuid(), PendingStatements.CHALLENGE, request, now);
    }
    if ((decided.queued() & DecidedStatements.CODE) != 0) {
      PendingStatements.queue(tx, ids.nextUuid(), PendingStatements.CODE, request, now);
    }
  }
}
