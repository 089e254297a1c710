package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an operator can do where nobody has said how companions reach this server. */
@Component
class PublicUrlHelp {

  /** How many accounts are named at most. */
  static final int MAX_ACCOUNTS = 100;

  private static final Comparator<ChannelAccount> ORDER =
      Comparator.comparing(ChannelAccount::channel).thenComparing(ChannelAccount::accountId);

  private final Policies policies;
  private final PairingStore store;

  @Inject
  PublicUrlHelp(Policies policies, PairingStore store) {
    this.policies = policies;
    this.store = store;
  }

  /**
   * A line each: the settings that name a URL, then, for every account that is known, the command
   * that lets a sender in without a companion.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException where the database does not answer
   */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "name it for this code alone: public_url in the request, or nexo pair start --public-url"
            + " wss://nexo.example.com/pair");
    lines.add(
        "set it for all codes: pairing.public_url in pairing.yaml, or PAIRING_PUBLIC_URL in the"
            + " environment");
    lines.add(
        "run a tunnel: its URL in NEXO_TUNNEL_URL, or in the first line of"
            + " $NEXO_HOME/state/tunnel.url");
    Set<ChannelAccount> accounts = accounts();
    accounts.stream()
        .limit(MAX_ACCOUNTS)
        .map(a -> "nexo pair seed " + a.channel() + " " + a.accountId() + " <sender>…")
        .forEach(lines::add);
    if (accounts.size() > MAX_ACCOUNTS) {
      lines.add("nexo pair seed <channel> <account> <sender>… for more accounts, not named here");
    }
    return lines;
  }

  /** More than are named, where there are more. */
  private Set<ChannelAccount> accounts() {
    TreeSet<ChannelAccount> accounts = new TreeSet<>(ORDER);
    accounts.addAll(policies.accounts());
    accounts.addAll(store.accounts(MAX_ACCOUNTS + 1));
    return accounts;
  }
}
