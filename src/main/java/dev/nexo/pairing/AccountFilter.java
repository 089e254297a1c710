package dev.nexo.pairing;

/**
 * Which accounts a list is about.
 *
 * @param channel only this channel, or null for all
 * @param accountId only this account, or null for all
 */
public record AccountFilter(String channel, String accountId) {

  /** Everything. */
  public static final AccountFilter ALL = new AccountFilter(null, null);
}
