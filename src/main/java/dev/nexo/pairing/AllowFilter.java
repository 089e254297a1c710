package dev.nexo.pairing;

/**
 * Restricts a list of allow-from.
 *
 * @param accounts the accounts whose rows are listed
 * @param query a part of a sender id or of a note, case-insensitive, or null for all rows
 * @param includeRevoked whether revoked rows are listed as well
 */
public record AllowFilter(AccountFilter accounts, String query, boolean includeRevoked) {

  /**
   * Creates a filter.
   *
   * @throws InvalidValueException if the query contains U+0000, which some databases reject
   */
  public AllowFilter {
    if (query != null && query.indexOf('\0') >= 0) {
      throw new InvalidValueException("q", "must not contain the character U+0000");
    }
  }
}
