package dev.nexo.pairing.gate;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.internal.KnownAccounts;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;

/** Finds names of channels and accounts in the adapters, the policies and the tables. */
@Component
class NamedAccounts implements KnownAccounts {

  private final PairingAdapterRegistry adapters;
  private final Policies policies;
  private final PairingStore store;

  @Inject
  NamedAccounts(PairingAdapterRegistry adapters, Policies policies, PairingStore store) {
    this.adapters = adapters;
    this.policies = policies;
    this.store = store;
  }

  @Override
  public boolean hasChannel(String channel) {
    return adapters.channels().contains(channel)
        || policies.accounts().stream().anyMatch(account -> account.channel().equals(channel))
        || store.hasRows(new AccountFilter(channel, null));
  }

  @Override
  public boolean hasAccount(ChannelAccount account) {
    return (account.accountId().equals(ChannelAccount.DEFAULT_ACCOUNT)
            && hasChannel(account.channel()))
        || policies.accounts().contains(account)
        || store.hasRows(new AccountFilter(account.channel(), account.accountId()));
  }
}
