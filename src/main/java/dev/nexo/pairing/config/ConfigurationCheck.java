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
final class ConfigurationCheck {

  private final EffectiveConfig config;

  ConfigurationCheck(EffectiveConfig config) {
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
    for (Key key : Key.values()) {
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
    for (Key key : Key.values()) {
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

  private void checkValue(String name, Key key) {
    Optional<Found> found = config.find(name);
    if (found.isEmpty()) {
      return;
    }
    Rule rule = key.rule();
    String text = found.get().text();
    boolean allowed =
        rule.shape() == Shape.LIST
            ? config.split(text).stream().allMatch(rule::allows)
            : rule.allows(text);
    if (!allowed) {
      throw ConfigurationException.of(name, "expected " + rule.expected(), found.get().origin());
    }
  }

  private void checkStorage() {
    if (isSet(Key.STORAGE_URL) && isSet(Key.STORAGE_JNDI)) {
      throw ConfigurationException.of(
          Key.STORAGE_JNDI.path(),
          "cannot be set together with " + Key.STORAGE_URL.path() + "; keep one",
          origin(Key.STORAGE_JNDI));
    }
    expectBoth(Key.STORAGE_USERNAME, Key.STORAGE_PASSWORD);
    if (isSet(Key.STORAGE_USERNAME) && !isSet(Key.STORAGE_URL)) {
      throw ConfigurationException.of(
          Key.STORAGE_USERNAME.path(),
          "expected " + Key.STORAGE_URL.path() + " beside it",
          origin(Key.STORAGE_USERNAME));
    }
  }

  private void checkBrokerLogin() {
    expectBoth(Key.BROKER_USERNAME, Key.BROKER_PASSWORD);
    boolean inUrl = config.text(Key.BROKER_URL.path()).filter(Addresses::hasUserInfo).isPresent();
    List<Key> kinds =
        List.of(Key.BROKER_USERNAME, Key.BROKER_TOKEN, Key.BROKER_NKEY, Key.BROKER_CREDENTIALS);
    List<Key> set = kinds.stream().filter(this::isSet).toList();
    if (set.size() + (inUrl ? 1 : 0) > 1) {
      Key one = set.get(set.size() - 1);
      String other = inUrl ? "a login inside pairing.broker.url" : set.get(0).path();
      throw ConfigurationException.of(
          one.path(), "cannot be set together with " + other + "; keep one", origin(one));
    }
  }

  private void checkBrokerCertificate() {
    expectBoth(Key.BROKER_CERT, Key.BROKER_KEY);
  }

  private void expectBoth(Key one, Key other) {
    if (isSet(one) != isSet(other)) {
      Key set = isSet(one) ? one : other;
      Key missing = set == one ? other : one;
      throw ConfigurationException.of(
          set.path(), "expected " + missing.path() + " beside it", origin(set));
    }
  }

  private boolean isSet(Key key) {
    return config.find(key.path()).isPresent();
  }

  private String origin(Key key) {
    return config.find(key.path()).map(Found::origin).orElse("");
  }
}
