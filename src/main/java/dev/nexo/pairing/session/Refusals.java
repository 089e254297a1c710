package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.RedemptionResult;
import dev.nexo.pairing.TokenCheck;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.store.AuditTrail;
import dev.nexo.pairing.store.Database;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/**
 * Tells the operator, and nobody else, why a bootstrap token was refused. That one came a second
 * time is a warning and a line of the audit trail: somebody may have photographed the QR code.
 * Thread-safe.
 */
@Component
class Refusals {

  private static final Logger LOG = System.getLogger(Refusals.class.getName());

  /** How many lines may wait to be written; whoever tries more often is in the log all the same. */
  static final int MAX_WAITING = 8;

  private final Database database;
  private final Clock clock;
  private final ScheduledExecutorService background;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  @Inject
  Refusals(Database database, Clock clock, ScheduledExecutorService background) {
    this.database = database;
    this.clock = clock;
    this.background = background;
  }

  /** Returns at once: a refusal that took the time of a change would tell that one was spent. */
  void tell(Outcome.Refused refused, TokenCheck check) {
    if (refused.result() != RedemptionResult.SPENT || refused.spent() == null) {
      LOG.log(Level.INFO, "A bootstrap token was refused: {0}", refused.result().word());
      return;
    }
    String label = check instanceof TokenCheck.Valid v ? v.claims().deviceLabel() : null;
    String session = Circumstances.of(refused.spent().sessionId(), label);
    LOG.log(
        Level.WARNING,
        "A bootstrap token was refused: {0}. It had been redeemed for session {1}; where that was"
            + " not the device it was meant for, revoke the session",
        refused.result().word(),
        session);
    record(session);
  }

  private void record(String session) {
    if (!waiting.tryAcquire()) {
      return;
    }
    Instant at = clock.instant();
    try {
      background.execute(() -> write(session, at));
    } catch (RejectedExecutionException e) {
      // The server is being stopped; the log has it.
      waiting.release();
    }
  }

  private void write(String session, Instant at) {
    try {
      database.write(
          tx -> {
            AuditTrail.append(tx, at, Actor.COMPANION, "token_replayed", null, session);
            return null;
          });
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The audit trail lacks a line token_replayed for " + session, e);
    } finally {
      waiting.release();
    }
  }
}
