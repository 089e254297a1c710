package dev.nexo.pairing.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text forms that bodies and query parameters share. */
public final class FieldFormats {

  /** What {@link #time} takes, for people. */
  public static final String TIME_EXPECTED = "must be an RFC 3339 time like 2026-11-01T12:00:00Z";

  /** RFC 3339, section 5.6; java.time alone would take a time without seconds. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

  private FieldFormats() {}

  /** Reads a time, or nothing where the text is none. */
  public static Optional<Instant> time(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * What is wrong with a text that no database and no peer could keep, or null. Half a surrogate
   * pair has no UTF-8 form, and PostgreSQL refuses U+0000.
   */
  public static String fault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "must not contain the character U+0000";
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return "must not contain half a surrogate pair";
      }
    }
    return null;
  }
}
