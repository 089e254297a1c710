package dev.nexo.pairing.config;

import dev.nexo.pairing.config.EffectiveConfig.Found;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Judges the whole configuration: the files first, then every value in force, then the values that
 * have to agree with each other. The first fault ends it.
 */
final class ConfigurationValidator {

  private final EffectiveConfig config;

  ConfigurationValidator(EffectiveConfig config) {
    this.config = config;
  }

  /**
   * Does the check.
   *
   * @throws ConfigurationException at the first fault
   */
  void run() {
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
    Set<String> names = config.names();
    names.forEach(this::checkName);
    checkStorage();
    checkBrokerLogin();
    checkBrokerCertificate();
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
        rule.shape() == YamlShape.LIST
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
        config.text(SettingKey.BROKER_URL.path()).filter(AddressRules::hasUserInfo).isPresent();
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

  private void checkBrokerCertificate() {
    expectBoth(SettingKey.BROKER_CERT, SettingKey.BROKER_KEY);
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
