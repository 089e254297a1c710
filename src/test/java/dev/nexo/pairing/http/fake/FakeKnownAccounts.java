package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.internal.KnownAccounts;
import dev.nexo.pairing.platform.Component;
import java.util.Optional;

/** Knows every name that does not begin with {@code nosuch}. */
@Component
public class FakeKnownAccounts implements KnownAccounts {

  @Override
  public boolean hasChannel(String channel) {
    return !channel.startsWith("nosuch");
  }

  @Override
  public boolean hasAccount(ChannelAccount account) {
    return hasChannel(account.channel()) && !account.accountId().startsWith("nosuch");
  }

  @Override
  public Optional<ChannelAccount> similar(ChannelAccount unknown) {
    return unknown.toString().contains("nosuchas")
        ? Optional.of(new ChannelAccount("whatsapp", "work"))
        : Optional.empty();
  }
}
