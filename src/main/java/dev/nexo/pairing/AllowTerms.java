package dev.nexo.pairing;

import java.time.Instant;

/**
 * On what terms a sender is admitted.
 *
 * @param expiresAt until when, or null for good; cut to whole seconds
 * @param note the operator's own words, up to {@value #MAX_NOTE} characters, or null
 */
public record AllowTerms(Instant expiresAt, String note) {

  /** The longest note, in characters. */
  public static final int MAX_NOTE = 500;

  /** For good, and nothing to add. */
  public static final AllowTerms NONE = new AllowTerms(null, null);

  /**
   * Checks the note.
   *
   * @throws InvalidValueException where it is too long, or contains U+0000, which not every
   *     database takes
   */
  public AllowTerms {
    if (note != null && note.indexOf('\0') >= 0) {
      throw new InvalidValueException("note", "must not contain the character U+0000");
    }
    if (note != null && note.length() > MAX_NOTE) {
      throw new InvalidValueException("note", "must be at most " + MAX_NOTE + " characters");
    }
  }
}
