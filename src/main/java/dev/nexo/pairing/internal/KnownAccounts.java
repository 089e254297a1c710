package dev.nexo.pairing.internal;

import dev.nexo.pairing.ChannelAccount;
import java.util.Optional;

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

  /**
   * Returns the known account that the caller probably means by an unknown one. If the channel is
   * unknown, the result differs in the channel, otherwise in the account id. Empty if no known name
   * is similar.
   */
  default Optional<ChannelAccount> similar(ChannelAccount unknown) {
    return Optional.empty();
  }
}
