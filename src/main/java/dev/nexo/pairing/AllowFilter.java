package dev.nexo.pairing;

import java.time.Instant;

/**
 * Restricts a list of allow-from.
 *
 * @param accounts the accounts whose rows are listed
 * @param query a part of a sender id, of a note or of a label, case-insensitive, or null for all
 *     rows
 * @param includeRevoked whether revoked rows are listed as well
 * @param unseenSince lists only senders who were neither admitted nor seen after this time; null
 *     for all
 */
public record AllowFilter(
    AccountFilter accounts, String query, boolean includeRevoked, Instant unseenSince) {

  /**
   * Creates a filter of senders seen at any time.
   *
   * @throws InvalidValueException if the query contains U+0000, which some databases reject
   */
  public AllowFilter(AccountFilter accounts, String query, boolean includeRevoked) {
    this(accounts, query, includeRevoked, null);
  }

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
