package dev.nexo.pairing.config;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Looks policies up by the key they would have. The environment cannot be read the other way round:
 * {@code PAIRING_POLICY_WHATSAPP_A_B_AUTO_CHALLENGE} is the account {@code A.b} as well as {@code
 * a_b}.
 */
@Component
final class ConfiguredPolicies implements Policies {

  /** More accounts than anybody has; beyond, the cache starts anew. */
  private static final int MAX_CACHED = 10_000;

  private final EffectiveConfig config;
  private final boolean everywhere;
  private final ConcurrentMap<ChannelAccount, Boolean> cache = new ConcurrentHashMap<>();

  @Inject
  ConfiguredPolicies(EffectiveConfig config) {
    this.config = config;
    this.everywhere = config.flag(SettingKey.AUTO_CHALLENGE.path()).orElse(false);
  }

  @Override
  public boolean autoChallenge(ChannelAccount account) {
    Boolean known = cache.get(account);
    return known == null ? lookUp(account) : known;
  }

  private boolean lookUp(ChannelAccount account) {
    String key = SettingKey.ACCOUNT_AUTO_CHALLENGE.of(account.channel(), account.accountId());
    boolean on = config.flag(key).orElse(everywhere);
    if (cache.size() >= MAX_CACHED) {
      cache.clear();
    }
    cache.put(account, on);
    return on;
  }

  @Override
  public boolean anyChallenge() {
    return everywhere
        || config.names().stream()
            .filter(ConfiguredPolicies::isAccounts)
            .anyMatch(name -> config.flag(name).orElse(false));
  }

  @Override
  public List<ChannelAccount> accounts() {
    return config.names().stream()
        .flatMap(name -> SettingKey.ACCOUNT_AUTO_CHALLENGE.accountIn(name).stream())
        .toList();
  }

  private static boolean isAccounts(String name) {
    return SettingKey.ACCOUNT_AUTO_CHALLENGE.channelIn(name).isPresent()
        // A channel and an account make two parts at least.
        || SettingKey.ACCOUNT_AUTO_CHALLENGE
            .nameInEnvironment(name)
            .filter(part -> part.matches(".+_.+"))
            .isPresent();
  }
}
