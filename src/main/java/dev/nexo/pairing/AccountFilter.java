package dev.nexo.pairing;

/**
 * Restricts a list to one channel, one account, or both.
 *
 * @param channel the channel, or null for all
 * @param accountId the account id, or null for all
 */
public record AccountFilter(String channel, String accountId) {

  /** All accounts of all channels. */
  public static final AccountFilter ALL = new AccountFilter(null, null);
}
