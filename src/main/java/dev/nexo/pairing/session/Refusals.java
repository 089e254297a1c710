package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.RedemptionResult;
import dev.nexo.pairing.VerifiedClaims;
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
import java.util.concurrent.TimeUnit;

/**
 * Tells the operator, and nobody else, why a bootstrap token was refused. That one came a second
 * time is a warning and a line of the audit trail: somebody may have photographed the QR code.
 * Thread-safe.
 */
@Component
class Refusals {

  private static final Logger LOG = System.getLogger(Refusals.class.getName());

  /** How many refusals may wait to be told; those beyond are logged at once, and that is all. */
  static final int MAX_WAITING = 8;

  /** Long after the answer has gone. */
  private static final int LATER_MILLIS = 100;

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

  /** Returns at once: what is told, and how long that takes, differs from fault to fault. */
  void tell(Outcome.Refused refused, Attempt attempt) {
    Instant at = clock.instant();
    if (!waiting.tryAcquire()) {
      log(refused, attempt);
      return;
    }
    try {
      background.schedule(() -> tell(refused, attempt, at), LATER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The server is being stopped.
      waiting.release();
      log(refused, attempt);
    }
  }

  private void tell(Outcome.Refused refused, Attempt attempt, Instant at) {
    try {
      log(refused, attempt);
      if (isReplay(refused)) {
        write(session(refused, attempt), at);
      }
    } finally {
      waiting.release();
    }
  }

  private static boolean isReplay(Outcome.Refused refused) {
    return refused.result() == RedemptionResult.SPENT && refused.spent() != null;
  }

  private static String session(Outcome.Refused refused, Attempt attempt) {
    String label = attempt.claims().map(VerifiedClaims::deviceLabel).orElse(null);
    return Circumstances.of(refused.spent().sessionId(), label);
  }

  private static void log(Outcome.Refused refused, Attempt attempt) {
    if (isReplay(refused)) {
      LOG.log(
          Level.WARNING,
          "A bootstrap token was refused: {0}. It had been redeemed for session {1}; where that was"
              + " not the device it was meant for, revoke the session",
          refused.result().word(),
          session(refused, attempt));
    } else {
      LOG.log(Level.INFO, "A bootstrap token was refused: {0}", refused.result().word());
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
    }
  }
}
