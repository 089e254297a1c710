package dev.nexo.pairing.session;

import java.util.regex.Pattern;

/** How the log and the audit trail name a session. */
final class AuditLabels {

  /** Labels of tokens that Nexo's CLI signed come as they are; none may begin a line of the log. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]");

  private static final int MAX_LABEL = 64;

  private AuditLabels() {}

  /**
   * The session's id, and behind a blank what the operator called the device, where there is that.
   *
   * @param deviceLabel shortened to {@value #MAX_LABEL} characters, or null
   */
  static String of(String sessionId, String deviceLabel) {
    if (deviceLabel == null) {
      return sessionId;
    }
    String label = deviceLabel.substring(0, Math.min(deviceLabel.length(), MAX_LABEL));
    return sessionId + ' ' + UNPRINTABLE.matcher(label).replaceAll("?");
  }
}
