package dev.nexo.pairing.config;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.Optional;

/** Finds an account by the key of its password. Thread-safe. */
@Component
final class ConfiguredChannelAccounts implements ChannelAccounts {

  /** The maximum number of cached accounts, far more than a server has. */
  private static final int MAX_CACHED = 1_000;

  private final EffectiveConfig config;

  /** Contains only existing accounts, because callers can send any name. */
  private final Cache<String, String> cache =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).executor(Runnable::run).build();

  @Inject
  ConfiguredChannelAccounts(EffectiveConfig config) {
    this.config = config;
  }

  @Override
  public Optional<String> password(String name) {
    return Optional.ofNullable(cache.get(name, this::find));
  }

  private String find(String name) {
    return ChannelAccount.isChannel(name) && !SettingKey.isReserved(name)
        ? config
            .secret(SettingKey.CHANNEL_PASSWORD.of(name))
            .filter(SettingRule.PASSWORD::allows)
            .orElse(null)
        : null;
  }
}
