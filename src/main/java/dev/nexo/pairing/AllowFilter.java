package dev.nexo.pairing;

/**
 * Which rows of allow-from are asked for.
 *
 * @param accounts only of these accounts
 * @param query part of a sender id or of a note, in any case, or null for all
 * @param includeRevoked whether rows that were revoked count, too
 */
public record AllowFilter(AccountFilter accounts, String query, boolean includeRevoked) {}
