package dev.nexo.pairing.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds the channels that are driven over the broker. Unlike policies and accounts they have to be
 * listed, since nobody asks for them by name. An environment variable can override any of them, but
 * on its own it can only name a channel of lower-case letters, digits and underscores.
 */
final class BrokerPrefixes {

  private final EffectiveConfig config;

  BrokerPrefixes(EffectiveConfig config) {
    this.config = config;
  }

  /** The prefixes by channel. */
  Map<String, String> byChannel() {
    Set<String> names = config.names();
    Map<String, String> prefixes = new TreeMap<>();
    for (String name : names) {
      SettingKey.ADAPTER_PREFIX.channelIn(name).ifPresent(channel -> put(prefixes, channel));
    }
    Set<String> spelled =
        prefixes.keySet().stream()
            .map(channel -> SettingKey.environmentName(SettingKey.ADAPTER_PREFIX.of(channel)))
            .collect(Collectors.toSet());
    for (String name : names) {
      if (!spelled.contains(name)) {
        SettingKey.ADAPTER_PREFIX
            .nameInEnvironment(name)
            .map(channel -> channel.toLowerCase(Locale.ROOT))
            .filter(SettingKey::isChannel)
            .ifPresent(channel -> put(prefixes, channel));
      }
    }
    return Map.copyOf(prefixes);
  }

  private void put(Map<String, String> prefixes, String channel) {
    config
        .text(SettingKey.ADAPTER_PREFIX.of(channel))
        .ifPresent(prefix -> prefixes.put(channel, prefix));
  }
}
