package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.store.AuditTrail;
import java.sql.SQLException;
import java.time.Instant;
import java.util.regex.Pattern;

/** Records changes of sessions in the audit trail, and describes sessions for it and the log. */
final class SessionAuditTrail {

  /**
   * The characters that are replaced in device labels. Labels of tokens that Nexo's own CLI signed
   * are not restricted, and a line break in one must not start a new line of the log.
   */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]");

  private static final int MAX_LABEL = 64;

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
}
