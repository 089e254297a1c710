package dev.nexo.pairing;

/**
 * Which rows of allow-from are asked for.
 *
 * @param accounts only of these accounts
 * @param query part of a sender id or of a note, in any case, or null for all
 * @param includeRevoked whether rows that were revoked count, too
 */
public record AllowFilter(AccountFilter accounts, String query, boolean includeRevoked) {

  /**
   * Checks the query.
   *
   * @throws InvalidValueException where it contains U+0000, which not every database takes
   */
  public AllowFilter {
    if (query != null && query.indexOf('\0') >= 0) {
      throw new InvalidValueException("q", "must not contain the character U+0000");
    }
  }
}
