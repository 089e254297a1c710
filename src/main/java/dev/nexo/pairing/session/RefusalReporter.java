package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.AuditTrail;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Reports to the operator why bootstrap tokens were refused. The companion is never given the
 * reason.
 *
 * <p>Every refusal is logged. A replay, that is, a token that was redeemed before, is logged as a
 * warning and recorded in the audit trail, because somebody may have photographed the QR code.
 *
 * <p>Refusals are written in the background, and equal ones are combined into one line with their
 * number: one line per reason, and for replays one per session. So a flood of refusals hides no
 * replay, and a flood of replays does not fill the disk. Thread-safe.
 */
@Component
class RefusalReporter {

  /**
   * The maximum number of sessions with replays that are reported by name at a time; the others are
   * reported as a number.
   */
  static final int MAX_SESSIONS = 64;

  private static final Logger LOG = System.getLogger(RefusalReporter.class.getName());

  /** The delay before refusals are written, so that the answers have been sent by then. */
  private static final int DELAY_MILLIS = 100;

  /** Leaves one line for each reason in addition to the lines of the sessions. */
  private static final int MAX_LINES = MAX_SESSIONS + RedemptionResult.values().length;

  private final Database database;
  private final Clock clock;
  private final ScheduledExecutorService background;

  /** The refusals that are not written yet, in the order of their arrival; guarded by itself. */
  private final Map<Cause, Line> pending = new LinkedHashMap<>();

  /** Whether a report is scheduled or being written: one at a time, however slow the database. */
  private final AtomicBoolean reporting = new AtomicBoolean();

  @Inject
  RefusalReporter(Database database, Clock clock, ScheduledExecutorService background) {
    this.database = database;
    this.clock = clock;
    this.background = background;
  }

  /** The refusals that are counted together; the session is null if there is none. */
  private record Cause(RedemptionResult reason, String sessionId) {}

  /**
   * Equal refusals, reported in one line.
   *
   * @param sessionId the session for which the token was redeemed; null if there is none, or if
   *     {@link #MAX_SESSIONS} others are pending
   * @param deviceLabel the device label of the first token, or null
   * @param since the time of the first refusal
   * @param times the number of refusals, from 1
   */
  private record Line(
      RedemptionResult reason, String sessionId, String deviceLabel, Instant since, long times) {

    boolean isReplay() {
      return reason == RedemptionResult.SPENT;
    }

    /** Returns the session as the log and the audit trail name it. */
    String session() {
      return sessionId == null
          ? "further sessions"
          : SessionAuditTrail.describe(sessionId, deviceLabel);
    }

    /** Returns the number after a space, or an empty string for one refusal. */
    String count() {
      return times == 1 ? "" : " (" + times + " times)";
    }

    Line plus(Line more) {
      return new Line(reason, sessionId, deviceLabel, since, times + more.times);
    }
  }

  /**
   * Schedules the report of a refusal and returns immediately. Performs the same steps for every
   * reason, so that the response time does not reveal it.
   *
   * @param sessionId the session for which the token was redeemed before, or null
   * @param deviceLabel the device label in the token if its signature is valid, or null
   */
  void report(RedemptionResult reason, String sessionId, String deviceLabel) {
    add(reason, sessionId, deviceLabel, clock.instant());
    schedule();
  }

  private void add(RedemptionResult reason, String sessionId, String deviceLabel, Instant at) {
    synchronized (pending) {
      Cause exact = new Cause(reason, sessionId);
      boolean fits = pending.size() < MAX_LINES || pending.containsKey(exact);
      Cause cause = fits ? exact : new Cause(reason, null);
      Line line = new Line(reason, cause.sessionId(), deviceLabel, at, 1);
      pending.merge(cause, line, Line::plus);
    }
  }

  private void schedule() {
    if (!reporting.compareAndSet(false, true)) {
      return;
    }
    try {
      background.schedule(this::writeAll, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The server is stopping, and the database with it.
      reporting.set(false);
      takeAll().forEach(RefusalReporter::log);
    }
  }

  private void writeAll() {
    try {
      List<Line> lines = takeAll();
      lines.forEach(RefusalReporter::log);
      audit(lines.stream().filter(Line::isReplay).toList());
    } finally {
      reporting.set(false);
      if (anyPending()) {
        schedule();
      }
    }
  }

  private List<Line> takeAll() {
    synchronized (pending) {
      List<Line> taken = List.copyOf(pending.values());
      pending.clear();
      return taken;
    }
  }

  private boolean anyPending() {
    synchronized (pending) {
      return !pending.isEmpty();
    }
  }

  private static void log(Line line) {
    String reason = line.reason().wireName() + line.count();
    if (line.isReplay()) {
      LogMessage.TOKEN_REPLAYED.log(LOG, reason, line.session());
    } else {
      LogMessage.TOKEN_REFUSED.log(LOG, reason);
    }
  }

  /** Records replays in one transaction, so that a failing database delays this only once. */
  private void audit(List<Line> replays) {
    if (replays.isEmpty()) {
      return;
    }
    try {
      database.write(
          tx -> {
            for (Line line : replays) {
              String detail = line.session() + line.count();
              AuditTrail.append(
                  tx, line.since(), Actor.COMPANION, AuditAction.TOKEN_REPLAYED, null, detail);
            }
            return null;
          });
    } catch (RuntimeException e) {
      String sessions = replays.stream().map(Line::session).collect(Collectors.joining(", "));
      LogMessage.REPLAY_NOT_AUDITED.log(LOG, e, sessions);
    }
  }
}
