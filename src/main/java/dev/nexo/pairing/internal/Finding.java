package dev.nexo.pairing.internal;

import java.util.Locale;
import java.util.Objects;

/**
 * A result of a {@link DoctorCheck}. {@link DoctorMessage} creates warnings and faults.
 *
 * @param check the name of the check, such as {@code database_file}
 * @param level how serious it is
 * @param id the id of the message, such as {@code NXP-1001}, or null if all is well
 * @param text the fact, one line of plain English; never a secret, a code, or what strangers wrote
 * @param remedy what to do, in one line, or null if there is nothing to do
 */
public record Finding(String check, Level level, String id, String text, String remedy) {

  /** How serious a finding is. */
  public enum Level {
    /** All is well. */
    OK,
    /** It works, but not as intended, or not for long. */
    WARNING,
    /** It does not work, or gives access to others. */
    FAULT;

    /** Returns the level in JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Creates a finding.
   *
   * @throws NullPointerException if the check, the level or the text is null
   */
  public Finding {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(text, "text");
  }

  /** Creates a finding of something that is well. */
  public static Finding ok(String check, String text) {
    return new Finding(check, Level.OK, null, text, null);
  }
}
