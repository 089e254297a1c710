package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.SessionChanges;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.store.AuditTrail;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records changes of sessions in the audit trail, finds them there, and describes sessions for it
 * and the log.
 */
final class SessionAuditTrail {

  /**
   * The characters that are replaced in device labels. Labels of tokens that Nexo's own CLI signed
   * are not restricted, and a line break in one must not start a new line of the log.
   */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]");

  private static final int MAX_LABEL = 64;

  /** The maximum number of changes that {@link #changesSince} lists. */
  static final int MAX_CHANGES = 1_000;

  /** The maximum number of entries that {@link #changesSince} reads. */
  private static final int MAX_READ = 50_000;

  private static final String NEWEST = "SELECT coalesce(max(id), 0) FROM pairing_audit";

  private static final String CHANGES =
      "SELECT DISTINCT subject FROM pairing_audit WHERE id > ? AND id <= ?"
          + " AND subject IS NOT NULL AND action IN ("
          + Stream.of(
                  AuditAction.SESSION_REPEATED,
                  AuditAction.SESSION_ROTATED,
                  AuditAction.SESSION_RENEWED,
                  AuditAction.SESSION_REVOKED,
                  AuditAction.SIGNED_OUT)
              .map(action -> "'" + action.wireName() + "'")
              .collect(Collectors.joining(","))
          + ") LIMIT "
          + (MAX_CHANGES + 1);

  private SessionAuditTrail() {}

  /**
   * Records a change of a session, with the session as its subject.
   *
   * @throws SQLException if the database rejects the change
   */
  static void append(
      Transaction tx, Instant at, Actor by, AuditAction action, PairingSession session)
      throws SQLException {
    String detail = describe(session.sessionId(), session.deviceLabel());
    AuditTrail.append(tx, at, by, action, null, detail, session.sessionId());
  }

  /**
   * Returns the session's id, followed by a space and the device label if there is one.
   *
   * @param deviceLabel shortened to {@value #MAX_LABEL} characters, or null
   */
  static String describe(String sessionId, String deviceLabel) {
    if (deviceLabel == null) {
      return sessionId;
    }
    String label = deviceLabel.substring(0, Math.min(deviceLabel.length(), MAX_LABEL));
    return sessionId + ' ' + UNPRINTABLE.matcher(label).replaceAll("?");
  }

  /**
   * Returns which sessions changed after an entry of the audit trail. The ids of entries rise in
   * the order of commits, because all changes of all servers run one after another.
   *
   * @throws SQLException if the database does not answer
   */
  static SessionChanges changesSince(StatementCache statements, long position) throws SQLException {
    long newest = statements.first(NEWEST, row -> row.getLong(1)).orElseThrow();
    // An id that falls means that the database was replaced by an older one.
    if (position < 0 || position > newest || newest - position > MAX_READ) {
      return new SessionChanges(newest, true, Set.of());
    }
    List<String> changed =
        position == newest
            ? List.of()
            : statements.list(CHANGES, row -> row.getString(1), position, newest);
    return changed.size() > MAX_CHANGES
        ? new SessionChanges(newest, true, Set.of())
        : new SessionChanges(newest, false, Set.copyOf(changed));
  }
}
