package dev.nexo.pairing.config;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.Optional;

/** Finds accounts by the key that they would have. */
@Component
final class ConfiguredChannelAccounts implements ChannelAccounts {

  /** More channels than anybody has. */
  private static final int MAX_CACHED = 1_000;

  private final EffectiveConfig config;

  /** Existing accounts only: anybody can ask for any name. */
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
