package dev.nexo.pairing;

/**
 * One sender to be put into allow-from.
 *
 * @param senderId the sender, in whatever form the channel has it
 * @param note the operator's own words, up to {@value AllowTerms#MAX_NOTE} characters, or null
 */
public record SeedEntry(String senderId, String note) {

  /**
   * Checks the note's length.
   *
   * @throws InvalidValueException where the note is too long
   */
  public SeedEntry {
    new AllowTerms(null, note);
  }
}
