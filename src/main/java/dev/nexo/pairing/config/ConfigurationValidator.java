package dev.nexo.pairing.config;

import dev.nexo.pairing.config.EffectiveConfig.Found;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Validates the whole configuration: the files first, then every effective value, then the values
 * that have to agree with each other. No other package validates a setting again.
 */
final class ConfigurationValidator {

  private final EffectiveConfig config;

  private ConfigurationValidator(EffectiveConfig config) {
    this.config = config;
  }

  /**
   * The platform's configuration, validated.
   *
   * @throws ConfigurationException at the first fault
   */
  static EffectiveConfig validated() {
    return validated(ConfigProvider.getConfig());
  }

  /**
   * A configuration, validated.
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

  /** Unknown names are no fault here: environment and system properties belong to others, too. */
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
      throw ConfigurationException.of(
          SettingKey.STORAGE_JNDI.path(),
          "cannot be set together with " + SettingKey.STORAGE_URL.path() + "; keep one",
          origin(SettingKey.STORAGE_JNDI));
    }
    expectBoth(SettingKey.STORAGE_USERNAME, SettingKey.STORAGE_PASSWORD);
    if (isSet(SettingKey.STORAGE_USERNAME) && !isSet(SettingKey.STORAGE_URL)) {
      throw ConfigurationException.of(
          SettingKey.STORAGE_USERNAME.path(),
          "expected " + SettingKey.STORAGE_URL.path() + " beside it",
          origin(SettingKey.STORAGE_USERNAME));
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
      String other = inUrl ? "a login inside pairing.broker.url" : set.get(0).path();
      throw ConfigurationException.of(
          one.path(), "cannot be set together with " + other + "; keep one", origin(one));
    }
  }

  /** The gate answers on the bus, and asks adapters, over NATS only. */
  private void checkBrokerUrl() {
    if (isSet(SettingKey.BROKER_URL)) {
      return;
    }
    if (config.flag(SettingKey.BUS_SERVICE.path()).orElse(false)) {
      throw withoutBroker(SettingKey.BUS_SERVICE.path(), "this goes over NATS");
    }
    if (isSet(SettingKey.BUS_FORWARD_PREFIX)) {
      throw withoutBroker(SettingKey.BUS_FORWARD_PREFIX.path(), "this goes over NATS");
    }
    config.adapterPrefixes().keySet().stream()
        .map(SettingKey.ADAPTER_PREFIX::of)
        .findFirst()
        .ifPresent(
            key -> {
              throw withoutBroker(key, "the adapter is asked over NATS");
            });
  }

  private ConfigurationException withoutBroker(String key, String why) {
    return ConfigurationException.of(
        key,
        "expected pairing.broker.url to be set too, " + why,
        config.find(key).map(Found::origin).orElse(""));
  }

  private void expectBoth(SettingKey one, SettingKey other) {
    if (isSet(one) != isSet(other)) {
      SettingKey set = isSet(one) ? one : other;
      SettingKey missing = set == one ? other : one;
      throw ConfigurationException.of(
          set.path(), "expected " + missing.path() + " beside it", origin(set));
    }
  }

  private boolean isSet(SettingKey key) {
    return config.find(key.path()).isPresent();
  }

  private String origin(SettingKey key) {
    return config.find(key.path()).map(Found::origin).orElse("");
  }
}
