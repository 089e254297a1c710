package dev.nexo.pairing.config;

import dev.nexo.pairing.ChannelAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The effective values, from whatever source. {@link ConfigurationValidator} checks them before any
 * other class gets them. Thread-safe.
 */
final class EffectiveConfig {

  /**
   * A value and where it came from.
   *
   * @param text the value, never blank
   * @param origin the environment variable, system property or file, for messages
   */
  record Found(String text, String origin) {
    /** Leaves the value out: it may be a secret. */
    @Override
    public String toString() {
      return "Found[" + origin + "]";
    }
  }

  private final Config config;

  EffectiveConfig(Config config) {
    this.config = config;
  }

  /** The sources, the strongest first. */
  List<ConfigSource> sources() {
    return StreamSupport.stream(config.getConfigSources().spliterator(), false)
        .sorted(Comparator.comparingInt(ConfigSource::getOrdinal).reversed())
        .toList();
  }

  /** Every name any source knows: dotted keys and environment variables alike. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    config.getPropertyNames().forEach(names::add);
    return names;
  }

  /**
   * The value of a key by its dotted name, or of an environment variable by its own.
   *
   * @throws ConfigurationException where <code>${…}</code> in it names something that is not set
   */
  Optional<Found> find(String key) {
    ConfigValue value = config.getConfigValue(key);
    String raw = value.getRawValue() == null ? value.getValue() : value.getRawValue();
    if (raw == null) {
      return Optional.empty();
    }
    String origin = origin(key, value.getSourceName());
    if (raw.isBlank()) {
      return findBelowBlank(key, origin);
    }
    // Only where it was asked for: the platform's expansion also makes one dollar sign of two.
    if (!raw.contains("${")) {
      return Optional.of(new Found(raw, origin));
    }
    if (value.getValue() == null) {
      throw ConfigurationException.of(
          key, "refers with ${…} to something that is not set; write \\${ for a plain ${", origin);
    }
    return Optional.of(value.getValue())
        .filter(text -> !text.isBlank())
        .map(text -> new Found(text, origin));
  }

  /**
   * MicroProfile lets an empty value hide the ones below it. Here it is as if it were not there: an
   * empty variable that a container passes on must not switch the policy of the file off.
   */
  private Optional<Found> findBelowBlank(String key, String blankOrigin) {
    for (ConfigSource source : sources()) {
      String text = source.getValue(key);
      if (text != null && text.contains("${")) {
        throw ConfigurationException.of(
            key, "set but empty, above a value with ${…}; remove the empty one", blankOrigin);
      }
      if (text != null && !text.isBlank()) {
        return Optional.of(new Found(text, origin(key, source.getName())));
      }
    }
    return Optional.empty();
  }

  /** A secret, exactly as it was written. */
  Optional<String> secret(String key) {
    return find(key).map(Found::text);
  }

  /** A string, without the white space at its ends. */
  Optional<String> text(String key) {
    return find(key).map(found -> found.text().strip());
  }

  /** A path, {@code ~} expanded. */
  Optional<Path> path(SettingKey key) {
    return text(key.path()).map(TextRules::asPath);
  }

  /**
   * The prefixes of adapters that are asked over the broker, by channel. An environment variable
   * can override any of them, but on its own it can only name a channel of lower-case letters,
   * digits and underscores.
   */
  Map<String, String> adapterPrefixes() {
    SettingKey key = SettingKey.ADAPTER_PREFIX;
    Set<String> names = names();
    Set<String> channels = new TreeSet<>();
    names.forEach(name -> key.channelIn(name).ifPresent(channels::add));
    Set<String> overrides =
        channels.stream()
            .map(channel -> SettingKey.environmentName(key.of(channel)))
            .collect(Collectors.toSet());
    names.stream()
        .filter(name -> !overrides.contains(name))
        .flatMap(name -> key.nameInEnvironment(name).stream())
        .map(channel -> channel.toLowerCase(Locale.ROOT))
        .filter(ChannelAccount::isChannel)
        .forEach(channels::add);
    Map<String, String> prefixes = new TreeMap<>();
    for (String channel : channels) {
      text(key.of(channel)).ifPresent(prefix -> prefixes.put(channel, prefix));
    }
    return prefixes;
  }

  /** A boolean, if it is set. */
  Optional<Boolean> flag(String key) {
    // Checked at the start; should it have changed since, the careful answer is that it is on.
    return text(key).map(text -> SettingRule.asFlag(text).orElse(true));
  }

  /** A duration in whole seconds. */
  Optional<Duration> seconds(SettingKey key) {
    return text(key.path()).map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  /** The elements of a list, none blank; empty where it is not set. */
  List<String> list(SettingKey key) {
    return text(key.path()).map(this::split).orElse(List.of());
  }

  /** Splits at commas as MicroProfile does. */
  List<String> split(String text) {
    String[] parts = config.getConverter(String[].class).orElseThrow().convert(text);
    return parts == null
        ? List.of()
        : Stream.of(parts).map(String::strip).filter(part -> !part.isEmpty()).toList();
  }

  /** {@code NEXO_HOME}, else {@code ~/.nexo}. */
  Path nexoHome() {
    return text("NEXO_HOME")
        .map(TextRules::asPath)
        .orElseGet(() -> TextRules.home().resolve(".nexo"));
  }

  private static String origin(String key, String sourceName) {
    String source = sourceName == null ? "" : sourceName.toLowerCase(Locale.ROOT);
    if (source.startsWith("pairing.yaml")) {
      return sourceName;
    }
    if (source.contains("env")) {
      return "environment variable " + SettingKey.environmentName(key);
    }
    return source.contains("sys") ? "system property " + key : sourceName;
  }
}
