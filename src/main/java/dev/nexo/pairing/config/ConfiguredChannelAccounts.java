package dev.nexo.pairing.config;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Looks accounts up by the key they would have. */
@Component
final class ConfiguredChannelAccounts implements ChannelAccounts {

  /** More channels than anybody has; beyond, the cache starts anew. */
  private static final int MAX_CACHED = 1_000;

  private final EffectiveConfig config;

  /** Those that exist only: anybody can ask for any name. */
  private final ConcurrentMap<String, String> cache = new ConcurrentHashMap<>();

  @Inject
  ConfiguredChannelAccounts(EffectiveConfig config) {
    this.config = config;
  }

  @Override
  public Optional<String> password(String name) {
    String known = cache.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (!ChannelAccount.isChannel(name) || SettingKey.isReserved(name)) {
      return Optional.empty();
    }
    Optional<String> found =
        config.secret(SettingKey.CHANNEL_PASSWORD.of(name)).filter(SettingRule.PASSWORD::allows);
    found.ifPresent(password -> keep(name, password));
    return found;
  }

  private void keep(String name, String password) {
    if (cache.size() >= MAX_CACHED) {
      cache.clear();
    }
    cache.put(name, password);
  }
}
