package dev.nexo.pairing.session;

import dev.nexo.pairing.companion.RedemptionResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Refusals that wait to be told. Those for one reason are one line, and replays one for each
 * session, so that no number of one kind takes the room of another and all of them together need
 * little. Adding one takes the same steps whatever its reason. Thread-safe.
 */
final class RefusalTally {

  /** How many sessions whose token came again may wait by name; of others, the number is told. */
  static final int MAX_SESSIONS = 64;

  /** Every reason can have its line beside those of the sessions. */
  private static final int MAX_LINES = MAX_SESSIONS + RedemptionResult.values().length;

  private final Map<Cause, Line> lines = new LinkedHashMap<>();

  /** What is counted together; the session is null where it is a matter of none. */
  private record Cause(RedemptionResult result, String sessionId) {}

  /**
   * Some refusals.
   *
   * @param result why
   * @param sessionId the session on which the token was spent, or null where that was none, or one
   *     too many
   * @param label what the first of the tokens called the device, or null
   * @param since when the first was refused
   * @param times how many, from 1
   */
  record Line(RedemptionResult result, String sessionId, String label, Instant since, long times) {

    /** Whether somebody came with a token that somebody had redeemed. */
    boolean isReplay() {
      return result == RedemptionResult.SPENT;
    }

    /** The session as the log and the audit trail name it. */
    String session() {
      return sessionId == null ? "further sessions" : AuditLabels.of(sessionId, label);
    }

    /** How many there were, with a blank in front; empty where it was one. */
    String count() {
      return times == 1 ? "" : " (" + times + " times)";
    }

    private Line and(Line more) {
      return new Line(result, sessionId, label, since, times + more.times);
    }
  }

  /** Counts one; the arguments are as in {@link Line}. */
  synchronized void add(RedemptionResult result, String sessionId, String label, Instant at) {
    Cause cause = new Cause(result, sessionId);
    boolean room = lines.size() < MAX_LINES || lines.containsKey(cause);
    Cause told = room ? cause : new Cause(result, null);
    Line one = new Line(result, told.sessionId(), label, at, 1);
    lines.merge(told, one, Line::and);
  }

  /** All that wait, in the order in which they came; they wait no longer. */
  synchronized List<Line> take() {
    List<Line> taken = List.copyOf(lines.values());
    lines.clear();
    return taken;
  }

  synchronized boolean isEmpty() {
    return lines.isEmpty();
  }
}
