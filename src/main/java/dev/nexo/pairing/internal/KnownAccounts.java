package dev.nexo.pairing.internal;

import dev.nexo.pairing.ChannelAccount;

/**
 * Which channels and accounts the configuration or the tables name. A name that neither knows is
 * probably mistyped. Thread-safe.
 */
public interface KnownAccounts {

  /** Returns whether the channel has an adapter, a setting or a row. */
  boolean hasChannel(String channel);

  /**
   * Returns whether the account has a setting or a row. The account {@code default} of a known
   * channel is always known.
   */
  boolean hasAccount(ChannelAccount account);
}
