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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The effective values of all sources. {@link ConfigurationValidator} checks them before any other
 * class reads them. Thread-safe.
 */
final class EffectiveConfig {

  /**
   * A value and its source.
   *
   * @param text the value, never blank
   * @param origin the environment variable, system property or file of the value, for messages
   */
  record Found(String text, String origin) {
    /** Omits the value, which may be a secret. */
    @Override
    public String toString() {
      return "Found[" + origin + "]";
    }
  }

  /** The names that a variable expresses. A channel ends at the first underscore. */
  private static final Pattern PLAIN_CHANNEL = Pattern.compile("[a-z0-9]+");

  private static final Pattern PLAIN_ACCOUNT = Pattern.compile("[a-z0-9_]+");

  private final Config config;

  EffectiveConfig(Config config) {
    this.config = config;
  }

  /** Returns the sources by precedence, the highest first. */
  List<ConfigSource> sources() {
    return StreamSupport.stream(config.getConfigSources().spliterator(), false)
        .sorted(Comparator.comparingInt(ConfigSource::getOrdinal).reversed())
        .toList();
  }

  /** Returns the source of {@code pairing.yaml}; empty if this configuration has none. */
  Optional<YamlConfigSource> yaml() {
    return sources().stream()
        .filter(YamlConfigSource.class::isInstance)
        .map(YamlConfigSource.class::cast)
        .findFirst();
  }

  /**
   * Returns the configuration with the files as they are now. All other sources are the same, and
   * keep their precedence. It is not validated.
   */
  EffectiveConfig readAgain() {
    ConfigSource[] all =
        sources().stream()
            .map(source -> source instanceof YamlConfigSource yaml ? yaml.readAgain() : source)
            .toArray(ConfigSource[]::new);
    return new EffectiveConfig(
        ConfigProviderResolver.instance().getBuilder().withSources(all).build());
  }

  /** Returns the names of all environment variables that have no dots. */
  Set<String> variables() {
    Set<String> names = written(EffectiveConfig::isEnvironment);
    names.removeIf(name -> name.indexOf('.') >= 0);
    return names;
  }

  /** Returns the dotted keys that are written in a source, whatever variables may override them. */
  Set<String> keys() {
    Set<String> names = written(source -> true);
    names.removeIf(name -> name.indexOf('.') < 0);
    return names;
  }

  /** The source of the environment invents dotted names for variables, but not in its map. */
  private Set<String> written(Predicate<ConfigSource> which) {
    return sources().stream()
        .filter(which)
        .flatMap(
            source ->
                isEnvironment(source)
                    ? source.getProperties().keySet().stream()
                    : source.getPropertyNames().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Returns whether the value of an account's key is meant for this account. It may not be if an
   * environment variable alone gives the value, because other keys have the same variable: {@code
   * SUPPORT_BOT} is {@code support_bot} and {@code Support-Bot}. It is meant for the first.
   */
  boolean isFor(ChannelAccount account, String key) {
    boolean plain =
        PLAIN_CHANNEL.matcher(account.channel()).matches()
            && PLAIN_ACCOUNT.matcher(account.accountId()).matches();
    return plain || keys().contains(key);
  }

  /** Returns the names in all sources, both dotted keys and environment variables. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    config.getPropertyNames().forEach(names::add);
    return names;
  }

  /**
   * Returns the value of a dotted key or of an environment variable; empty if it is not set.
   *
   * @throws ConfigurationException if <code>${…}</code> in the value refers to a name that is not
   *     set
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
    // Expands only values with ${, because the expansion also replaces two dollar signs by one.
    if (!raw.contains("${")) {
      return Optional.of(new Found(raw, origin));
    }
    if (value.getValue() == null) {
      throw ConfigurationException.of(
          key, "${…} refers to a name that is not set; write \\${ for a literal ${", origin);
    }
    return Optional.of(value.getValue())
        .filter(text -> !text.isBlank())
        .map(text -> new Found(text, origin));
  }

  /**
   * Returns the value of the next source. In MicroProfile an empty value hides the sources of lower
   * precedence. Here it is ignored: an empty environment variable of a container must not turn off
   * the policy in the file.
   */
  private Optional<Found> findBelowBlank(String key, String blankOrigin) {
    for (ConfigSource source : sources()) {
      String text = source.getValue(key);
      if (text != null && text.contains("${")) {
        throw ConfigurationException.of(
            key, "is empty and hides a value with ${…}; remove the empty value", blankOrigin);
      }
      if (text != null && !text.isBlank()) {
        return Optional.of(new Found(text, origin(key, source.getName())));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns a secret unchanged, or the content of the file that {@code <key>_file} names, without
   * its line end; empty if neither is set.
   *
   * @throws ConfigurationException if the file cannot be read or contains no valid secret
   */
  Optional<String> secret(String key) {
    Optional<Found> file = find(key + SettingKey.FILE_ENDING);
    return file.isPresent()
        ? file.map(
            found -> SecretFiles.read(key + SettingKey.FILE_ENDING, found.text(), found.origin()))
        : find(key).map(Found::text);
  }

  /** Returns a string without leading and trailing white space; empty if it is not set. */
  Optional<String> text(String key) {
    return find(key).map(found -> found.text().strip());
  }

  /** Returns a path with {@code ~} expanded; empty if it is not set. */
  Optional<Path> path(SettingKey key) {
    return text(key.path()).map(TextRules::asPath);
  }

  /**
   * Returns the prefixes of adapters that are reached over the broker, by channel. An environment
   * variable can override any of them. To add a channel that no other source names, its name must
   * consist of lower-case letters, digits and underscores.
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

  /** Returns a boolean; empty if it is not set. */
  Optional<Boolean> flag(String key) {
    // Checked at startup; if it has become invalid since, true is the safe value.
    return text(key).map(text -> SettingRule.asFlag(text).orElse(true));
  }

  /** Returns a duration in whole seconds; empty if it is not set. */
  Optional<Duration> seconds(SettingKey key) {
    return text(key.path()).map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  /** Returns the elements of a list, none of them blank; no elements if it is not set. */
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

  /** Returns {@code NEXO_HOME} (default: {@code ~/.nexo}). */
  Path nexoHome() {
    return text("NEXO_HOME")
        .map(TextRules::asPath)
        .orElseGet(() -> TextRules.home().resolve(".nexo"));
  }

  private static boolean isEnvironment(ConfigSource source) {
    return !(source instanceof YamlConfigSource) && isEnvironment(source.getName());
  }

  private static boolean isEnvironment(String sourceName) {
    return sourceName != null && sourceName.toLowerCase(Locale.ROOT).contains("env");
  }

  private String origin(String key, String sourceName) {
    String source = sourceName == null ? "" : sourceName.toLowerCase(Locale.ROOT);
    if (source.startsWith("pairing.yaml")) {
      return yaml().map(yaml -> yaml.origin(key)).orElse(sourceName);
    }
    if (isEnvironment(sourceName)) {
      return "environment variable " + SettingKey.environmentName(key);
    }
    return source.contains("sys") ? "system property " + key : sourceName;
  }
}
