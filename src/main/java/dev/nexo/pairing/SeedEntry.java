package dev.nexo.pairing;

/**
 * A sender to admit, with a note.
 *
 * @param senderId the sender in any form that the channel uses
 * @param note the operator's note, up to {@value AllowTerms#MAX_NOTE} characters, or null
 */
public record SeedEntry(String senderId, String note) {

  /**
   * Creates an entry.
   *
   * @throws InvalidValueException if the note is too long
   */
  public SeedEntry {
    new AllowTerms(null, note);
  }
}
