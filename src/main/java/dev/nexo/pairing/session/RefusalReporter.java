package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.companion.VerifiedClaims;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.AuditTrail;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Tells the operator, and nobody else, why bootstrap tokens were refused. That one came a second
 * time is a warning and a line of the audit trail: somebody may have photographed the QR code. What
 * comes while something waits is told with it, counted where it is the same ({@link RefusalTally}),
 * so that a flood of refusals hides no replay, and one of replays fills no disk. Thread-safe.
 */
@Component
class RefusalReporter {

  private static final Logger LOG = System.getLogger(RefusalReporter.class.getName());

  /** Long after the answer has gone. */
  private static final int LATER_MILLIS = 100;

  private final Database database;
  private final Clock clock;
  private final ScheduledExecutorService background;
  private final RefusalTally waiting = new RefusalTally();

  /** One telling at a time, however long the database takes. */
  private final AtomicBoolean underWay = new AtomicBoolean();

  @Inject
  RefusalReporter(Database database, Clock clock, ScheduledExecutorService background) {
    this.database = database;
    this.clock = clock;
    this.background = background;
  }

  /** Returns at once: what is told, and how long that takes, differs from fault to fault. */
  void tell(RedemptionOutcome.Refused refused, RedemptionAttempt attempt) {
    String sessionId = refused.spent() == null ? null : refused.spent().sessionId();
    String label = attempt.claims().map(VerifiedClaims::deviceLabel).orElse(null);
    waiting.add(refused.result(), sessionId, label, clock.instant());
    tellLater();
  }

  private void tellLater() {
    if (!underWay.compareAndSet(false, true)) {
      return;
    }
    try {
      background.schedule(this::tellAll, LATER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The server is being stopped, and the database with it.
      underWay.set(false);
      waiting.take().forEach(RefusalReporter::log);
    }
  }

  private void tellAll() {
    try {
      List<RefusalTally.Line> lines = waiting.take();
      lines.forEach(RefusalReporter::log);
      write(lines.stream().filter(RefusalTally.Line::isReplay).toList());
    } finally {
      underWay.set(false);
      if (!waiting.isEmpty()) {
        tellLater();
      }
    }
  }

  private static void log(RefusalTally.Line line) {
    String what = line.result().wireName() + line.count();
    if (line.isReplay()) {
      LOG.log(
          Level.WARNING,
          "A bootstrap token was refused: {0}. It had been redeemed for {1}; where that was not the"
              + " device it was meant for, revoke the session",
          what,
          line.session());
    } else {
      LOG.log(Level.INFO, "A bootstrap token was refused: {0}", what);
    }
  }

  /** In one transaction, so that a database that does not answer is waited for once. */
  private void write(List<RefusalTally.Line> replays) {
    if (replays.isEmpty()) {
      return;
    }
    try {
      database.write(
          tx -> {
            for (RefusalTally.Line line : replays) {
              String detail = line.session() + line.count();
              AuditTrail.append(
                  tx, line.since(), Actor.COMPANION, AuditAction.TOKEN_REPLAYED, null, detail);
            }
            return null;
          });
    } catch (RuntimeException e) {
      String sessions =
          replays.stream().map(RefusalTally.Line::session).collect(Collectors.joining(", "));
      LOG.log(Level.WARNING, "The audit trail lacks lines token_replayed for " + sessions, e);
    }
  }
}
