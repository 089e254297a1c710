package dev.nexo.pairing.gate;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.internal.KnownAccounts;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.SimilarName;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Finds names of channels and accounts in the adapters, the policies and the tables. */
@Component
class NamedAccounts implements KnownAccounts {

  /** The maximum number of accounts in the tables that are compared with a mistyped name. */
  private static final int MAX_COMPARED = 1_000;

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
        || policies.named().stream().anyMatch(account -> account.channel().equals(channel))
        || store.hasRows(new AccountFilter(channel, null));
  }

  @Override
  public boolean hasAccount(ChannelAccount account) {
    return (account.accountId().equals(ChannelAccount.DEFAULT_ACCOUNT)
            && hasChannel(account.channel()))
        || policies.named().contains(account)
        || store.hasRows(new AccountFilter(account.channel(), account.accountId()));
  }

  @Override
  public Optional<ChannelAccount> similar(ChannelAccount unknown) {
    Set<ChannelAccount> known = new LinkedHashSet<>(policies.named());
    known.addAll(store.accounts(MAX_COMPARED));
    String channel = unknown.channel();
    if (hasChannel(channel)) {
      Set<String> ids = new LinkedHashSet<>(Set.of(ChannelAccount.DEFAULT_ACCOUNT));
      known.stream()
          .filter(account -> account.channel().equals(channel))
          .forEach(account -> ids.add(account.accountId()));
      return SimilarName.of(unknown.accountId(), ids).map(id -> new ChannelAccount(channel, id));
    }
    Set<String> channels = new LinkedHashSet<>(adapters.channels());
    known.forEach(account -> channels.add(account.channel()));
    return SimilarName.of(channel, channels)
        .map(name -> new ChannelAccount(name, unknown.accountId()));
  }
}
