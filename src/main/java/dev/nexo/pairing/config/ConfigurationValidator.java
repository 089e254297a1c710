package dev.nexo.pairing.config;

import dev.nexo.pairing.config.EffectiveConfig.Found;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Validates the whole configuration: the files first, then every effective value, then the values
 * that depend on each other. No other package validates a setting again.
 */
final class ConfigurationValidator {

  private static final String WITHOUT_BROKER = "requires pairing.broker.url, because it uses NATS";

  private final EffectiveConfig config;

  private ConfigurationValidator(EffectiveConfig config) {
    this.config = config;
  }

  /**
   * Returns the platform's configuration after validating it.
   *
   * @throws ConfigurationException at the first fault
   */
  static EffectiveConfig validated() {
    return validated(ConfigProvider.getConfig());
  }

  /**
   * Returns a configuration after validating it.
   *
   * @throws ConfigurationException at the first fault
   */
  static EffectiveConfig validated(Config config) {
    EffectiveConfig effective = new EffectiveConfig(config);
    new ConfigurationValidator(effective).run();
    return effective;
  }

  private void run() {
    for (ConfigSource source : config.sources()) {
      if (source instanceof YamlConfigSource yaml && yaml.fault().isPresent()) {
        throw yaml.fault().get();
      }
    }
    for (SettingKey key : SettingKey.values()) {
      if (key.isFixed()) {
        checkValue(key.path(), key);
      }
    }
    config.names().forEach(this::checkName);
    checkStorage();
    checkBrokerLogin();
    expectBoth(SettingKey.BROKER_CERT, SettingKey.BROKER_KEY);
    checkBrokerUrl();
  }

  /** Ignores unknown names: other programs use environment variables and system properties, too. */
  private void checkName(String name) {
    for (SettingKey key : SettingKey.values()) {
      Optional<Found> found =
          key.channelIn(name).isPresent() || key.nameInEnvironment(name).isPresent()
              ? config.find(name)
              : Optional.empty();
      if (found.isPresent()) {
        key.faultOfNames(name)
            .ifPresent(
                fault -> {
                  throw ConfigurationException.of(name, fault, found.get().origin());
                });
        checkValue(name, key);
      }
    }
  }

  private void checkValue(String name, SettingKey key) {
    Optional<Found> found = config.find(name);
    if (found.isEmpty()) {
      return;
    }
    SettingRule rule = key.rule();
    String text = found.get().text();
    boolean allowed =
        rule.shape() == SettingRule.Shape.LIST
            ? config.split(text).stream().allMatch(rule::allows)
            : rule.allows(text);
    if (!allowed) {
      throw ConfigurationException.of(name, "expected " + rule.expected(), found.get().origin());
    }
  }

  private void checkStorage() {
    if (isSet(SettingKey.STORAGE_URL) && isSet(SettingKey.STORAGE_JNDI)) {
      throw refused(
          SettingKey.STORAGE_JNDI.path(),
          "cannot be set together with " + SettingKey.STORAGE_URL.path() + "; keep one");
    }
    expectBoth(SettingKey.STORAGE_USERNAME, SettingKey.STORAGE_PASSWORD);
    if (isSet(SettingKey.STORAGE_USERNAME) && !isSet(SettingKey.STORAGE_URL)) {
      throw refused(
          SettingKey.STORAGE_USERNAME.path(),
          "requires " + SettingKey.STORAGE_URL.path() + "; set both");
    }
  }

  private void checkBrokerLogin() {
    expectBoth(SettingKey.BROKER_USERNAME, SettingKey.BROKER_PASSWORD);
    boolean inUrl =
        config.text(SettingKey.BROKER_URL.path()).filter(TextRules::hasUserInfo).isPresent();
    List<SettingKey> kinds =
        List.of(
            SettingKey.BROKER_USERNAME,
            SettingKey.BROKER_TOKEN,
            SettingKey.BROKER_NKEY,
            SettingKey.BROKER_CREDENTIALS);
    List<SettingKey> set = kinds.stream().filter(this::isSet).toList();
    if (set.size() + (inUrl ? 1 : 0) > 1) {
      SettingKey one = set.get(set.size() - 1);
      String other = inUrl ? "the login in pairing.broker.url" : set.get(0).path();
      throw refused(one.path(), "cannot be set together with " + other + "; keep one");
    }
  }

  /** The bus service, the filter and the adapters of the broker require NATS. */
  private void checkBrokerUrl() {
    if (isSet(SettingKey.BROKER_URL)) {
      return;
    }
    if (config.flag(SettingKey.BUS_SERVICE.path()).orElse(false)) {
      throw refused(SettingKey.BUS_SERVICE.path(), WITHOUT_BROKER);
    }
    if (isSet(SettingKey.BUS_FORWARD_PREFIX)) {
      throw refused(SettingKey.BUS_FORWARD_PREFIX.path(), WITHOUT_BROKER);
    }
    config.adapterPrefixes().keySet().stream()
        .map(SettingKey.ADAPTER_PREFIX::of)
        .findFirst()
        .ifPresent(
            key -> {
              throw refused(key, WITHOUT_BROKER);
            });
  }

  private void expectBoth(SettingKey one, SettingKey other) {
    if (isSet(one) != isSet(other)) {
      SettingKey set = isSet(one) ? one : other;
      SettingKey missing = set == one ? other : one;
      throw refused(set.path(), "requires " + missing.path() + "; set both");
    }
  }

  private boolean isSet(SettingKey key) {
    return config.find(key.path()).isPresent();
  }

  private ConfigurationException refused(String key, String fault) {
    return ConfigurationException.of(key, fault, config.find(key).map(Found::origin).orElse(""));
  }
}
