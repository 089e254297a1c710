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
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the policy of an account by its key. The name of an environment variable fits several
 * accounts: {@code PAIRING_POLICY_WHATSAPP_A_B_AUTO_CHALLENGE} fits {@code a_b}, {@code A.b} and
 * others. It can close all of them. It opens only an account that another source configures, and
 * the account whose name is written like this in lower case. Thread-safe.
 */
@Component
final class ConfiguredPolicies implements Policies {

  private static final Logger LOG = System.getLogger(ConfiguredPolicies.class.getName());

  /** The maximum number of cached accounts, far more than a server has. */
  private static final int MAX_CACHED = 10_000;

  /** The names that a variable expresses. A channel ends at the first underscore. */
  private static final Pattern PLAIN_CHANNEL = Pattern.compile("[a-z0-9]+");

  private static final Pattern PLAIN_ACCOUNT = Pattern.compile("[a-z0-9_]+");

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
    return own(account).filter(challenges -> challenges || mayOpen(account)).orElse(everywhere);
  }

  private Optional<Boolean> own(ChannelAccount account) {
    return config.flag(key(account));
  }

  private boolean mayOpen(ChannelAccount account) {
    return (PLAIN_CHANNEL.matcher(account.channel()).matches()
            && PLAIN_ACCOUNT.matcher(account.accountId()).matches())
        || !config.isOnlyInVariable(key(account));
  }

  private static String key(ChannelAccount account) {
    return SettingKey.ACCOUNT_AUTO_CHALLENGE.of(account.channel(), account.accountId());
  }

  @Override
  public Optional<String> ignoredVariable(ChannelAccount account) {
    return everywhere && !own(account).orElse(true) && !mayOpen(account)
        ? Optional.of(SettingKey.environmentName(key(account)))
        : Optional.empty();
  }

  @Override
  public void requireUnambiguous(List<ChannelAccount> known) {
    ConfigurationValidator.requireUnambiguous(
        config, known.stream().map(ConfiguredPolicies::key).toList());
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
    return config.keys().stream()
        .flatMap(name -> SettingKey.ACCOUNT_AUTO_CHALLENGE.accountIn(name).stream())
        .toList();
  }

  private static boolean isAccounts(String name) {
    return SettingKey.ACCOUNT_AUTO_CHALLENGE.channelIn(name).isPresent()
        || SettingKey.ACCOUNT_AUTO_CHALLENGE.nameInEnvironment(name).isPresent();
  }
}
