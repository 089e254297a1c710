package dev.nexo.pairing.keys;

import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;

/**
 * A problem with a key file.
 *
 * @param summary for the public health report: names neither a path nor a host
 * @param finding for the operator: names the file and the remedy; never contains a key
 */
public record KeyProblem(String summary, Finding finding) {

  static final String MISSING = "missing";
  static final String NOT_A_KEY = "not 32 bytes";
  static final String OPEN = "open to other users";
  static final String UNREADABLE = "unreadable";
  static final String DIFFERENT = "different from the key of the other servers";
  static final String REPLACED = "contains a key that was replaced";
  static final String NOT_IN_PLACE = "the active key could not be renamed";

  /**
   * Creates a problem of a key file.
   *
   * @param arguments the arguments of the message
   */
  static KeyProblem of(String summary, DoctorMessage message, Object... arguments) {
    return new KeyProblem(summary, message.finding(SigningKeyCheck.KEY, arguments));
  }

  /** Returns the problem and the remedy, for logs and error messages. */
  public String sentence() {
    return finding.text() + " " + finding.remedy();
  }
}
