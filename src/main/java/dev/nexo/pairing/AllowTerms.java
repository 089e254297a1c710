package dev.nexo.pairing;

import java.time.Instant;

/**
 * The expiry and the note of an admission.
 *
 * @param expiresAt when the admission expires, truncated to whole seconds; null for no expiry
 * @param note the operator's note, up to {@value #MAX_NOTE} characters, or null
 */
public record AllowTerms(Instant expiresAt, String note) {

  /** The maximum length of a note, in characters. */
  public static final int MAX_NOTE = 500;

  /** No expiry and no note. */
  public static final AllowTerms NONE = new AllowTerms(null, null);

  /**
   * Creates the terms.
   *
   * @throws InvalidValueException if the note is too long or contains U+0000, which some databases
   *     reject
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
