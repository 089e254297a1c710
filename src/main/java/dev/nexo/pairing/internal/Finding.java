package dev.nexo.pairing.internal;

import java.util.Locale;
import java.util.Objects;

/**
 * Something that a {@link DoctorCheck} has found.
 *
 * @param check what was looked at, a word like {@code database_file}
 * @param level how bad it is
 * @param text the fact, one line of plain English; never a secret, a code, or what strangers wrote
 * @param remedy what to do, one line, or null where there is nothing to do
 */
public record Finding(String check, Level level, String text, String remedy) {

  /** How bad it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** It works, and not as it was meant, or not for long. */
    WARNING,
    /** It does not work, or lets others in. */
    FAULT;

    /** The level as it stands in JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Takes a finding.
   *
   * @throws NullPointerException where anything but the remedy is missing
   */
  public Finding {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(text, "text");
  }

  /** All is well there. */
  public static Finding ok(String check, String text) {
    return new Finding(check, Level.OK, text, null);
  }

  /** It works, and something should be done. */
  public static Finding warning(String check, String text, String remedy) {
    return new Finding(check, Level.WARNING, text, remedy);
  }

  /** It does not work, and something has to be done. */
  public static Finding fault(String check, String text, String remedy) {
    return new Finding(check, Level.FAULT, text, remedy);
  }
}
