package dev.nexo.pairing.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.ChannelAccount;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The dropped senders of this server that are not written yet, in one list per account: strangers
 * can flood an account with invented sender ids, but cannot invent accounts. Keeps {@value
 * #MAX_ACCOUNTS} accounts and discards the least used ones, which limits the memory to about 40 MB.
 * Thread-safe.
 */
final class RecentDrops {

  static final int MAX_ACCOUNTS = 100;

  private static final Comparator<ChannelAccount> ORDER =
      Comparator.comparing(ChannelAccount::channel).thenComparing(ChannelAccount::accountId);

  private final Cache<ChannelAccount, DropList> accounts =
      Caffeine.newBuilder().maximumSize(MAX_ACCOUNTS).executor(Runnable::run).build();

  void add(ChannelAccount account, DropSum sum) {
    accounts.get(account, added -> new DropList()).add(sum);
  }

  /** Removes and returns all, by account. */
  Map<ChannelAccount, List<DropSum>> drain() {
    Map<ChannelAccount, List<DropSum>> all = new TreeMap<>(ORDER);
    accounts
        .asMap()
        .forEach(
            (account, list) -> {
              List<DropSum> sums = list.drain();
              if (!sums.isEmpty()) {
                all.put(account, sums);
              }
            });
    return all;
  }
}
