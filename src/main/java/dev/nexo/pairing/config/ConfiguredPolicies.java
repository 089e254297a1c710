package dev.nexo.pairing.config;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.List;

/**
 * Finds the policy of an account by its key. The accounts cannot be derived from environment
 * variables: {@code PAIRING_POLICY_WHATSAPP_A_B_AUTO_CHALLENGE} applies to the account {@code A.b}
 * and to {@code a_b}. Thread-safe.
 */
@Component
final class ConfiguredPolicies implements Policies {

  private static final Logger LOG = System.getLogger(ConfiguredPolicies.class.getName());

  /** The maximum number of cached accounts, far more than a server has. */
  private static final int MAX_CACHED = 10_000;

  private final EffectiveConfig config;
  private final boolean everywhere;
  private final Cache<ChannelAccount, Boolean> cache =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).executor(Runnable::run).build();

  @Inject
  ConfiguredPolicies(EffectiveConfig config) {
    this.config = config;
    this.everywhere = config.flag(SettingKey.AUTO_CHALLENGE.path()).orElse(false);
  }

  @Override
  public boolean autoChallenge(ChannelAccount account) {
    return cache.get(account, this::find);
  }

  private boolean find(ChannelAccount account) {
    String key = SettingKey.ACCOUNT_AUTO_CHALLENGE.of(account.channel(), account.accountId());
    return config.flag(key).orElse(everywhere);
  }

  /** Warns at startup, before any other package starts. */
  void warn(@Observes @Priority(1) @Initialized(ApplicationScoped.class) Object event) {
    if (!anyChallenge()) {
      LogMessage.POLICY_OFF.log(LOG);
    }
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
        // A channel and an account have at least two parts.
        || SettingKey.ACCOUNT_AUTO_CHALLENGE
            .nameInEnvironment(name)
            .filter(part -> part.matches(".+_.+"))
            .isPresent();
  }
}
