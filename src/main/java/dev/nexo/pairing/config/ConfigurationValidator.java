package dev.nexo.pairing.config;

import dev.nexo.pairing.config.EffectiveConfig.Found;
import dev.nexo.pairing.message.StandardTexts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Validates the whole configuration: the files first, then every effective value, then the values
 * that depend on each other. No other package validates a setting again.
 */
final class ConfigurationValidator {

  /** The maximum number of names in a message. */
  private static final int MAX_NAMED = 10;

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
    validate(effective);
    return effective;
  }

  /**
   * Validates a configuration.
   *
   * @throws ConfigurationException at the first fault
   */
  static void validate(EffectiveConfig config) {
    new ConfigurationValidator(config).run();
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
    config.variables().forEach(this::checkVariable);
    config.keys().forEach(this::checkProperty);
    config.names().forEach(this::checkName);
    requireUnambiguous(config, List.of());
    config.names().forEach(this::checkSecretFile);
    checkStorage();
    checkBrokerLogin();
    expectLogin(
        SettingKey.NOTIFY_WEBHOOK_URL,
        SettingKey.NOTIFY_WEBHOOK_SECRET,
        SettingKey.NOTIFY_WEBHOOK_SECRET_FILE);
    expectBoth(SettingKey.BROKER_CERT, SettingKey.BROKER_KEY);
    checkBrokerUrl();
    checkLanguage();
  }

  /** A misspelt variable would be ignored. {@link VariableCheck} reports other unknown ones. */
  private void checkVariable(String name) {
    Optional<String> meant = VariableNames.meant(name);
    if (meant.isPresent() && config.find(name).isPresent()) {
      throw ConfigurationException.of(
          name,
          "unknown variable; did you mean " + meant.get() + "?",
          "environment variable " + ConfigurationException.plain(name));
    }
  }

  private void checkProperty(String name) {
    if (!name.startsWith("pairing.")
        || name.equals("pairing.config")
        || SettingKey.find(name).isPresent()) {
      return;
    }
    Optional<String> meant = KeySuggestion.nearest(ConfigurationException.plain(name));
    Optional<Found> found = meant.isPresent() ? config.find(name) : Optional.empty();
    if (found.isPresent()) {
      throw ConfigurationException.of(
          name, "unknown key; did you mean " + meant.get() + "?", found.get().origin());
    }
  }

  /**
   * Checks that each environment variable fits at most one of the configured keys and of these.
   *
   * @param keys dotted keys with the names of accounts that are known from elsewhere
   * @throws ConfigurationException naming the variable and the accounts
   */
  static void requireUnambiguous(EffectiveConfig config, List<String> keys) {
    Set<String> variables = config.variables();
    Map<String, Set<String>> fitting = new TreeMap<>();
    Stream.concat(config.keys().stream(), keys.stream())
        .filter(key -> SettingKey.namesIn(key).isPresent())
        .filter(key -> variables.contains(SettingKey.environmentName(key)))
        .forEach(
            key ->
                fitting
                    .computeIfAbsent(SettingKey.environmentName(key), any -> new TreeSet<>())
                    .add(SettingKey.namesIn(key).orElseThrow()));
    fitting.forEach(
        (variable, names) -> {
          if (names.size() > 1 && config.find(variable).isPresent()) {
            String all = names.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
            throw ConfigurationException.of(
                variable,
                "fits more than one name: "
                    + all
                    + "; remove the variable and set each of them in pairing.yaml",
                "environment variable " + variable);
          }
        });
  }

  /** Ignores unknown names: other programs use environment variables and system properties, too. */
  private void checkName(String name) {
    // MicroProfile invents a dotted name for each variable, which may look like another key.
    boolean written = config.keys().contains(name);
    for (SettingKey key : SettingKey.values()) {
      Optional<Found> found =
          (key.channelIn(name).isPresent() && (written || isVariableOf(key, name)))
                  || key.nameInEnvironment(name).isPresent()
              ? config.find(name)
              : Optional.empty();
      if (found.isPresent()) {
        key.faultOfVariable(name)
            .or(() -> key.faultOfNames(name))
            .ifPresent(
                fault -> {
                  throw ConfigurationException.of(name, fault, found.get().origin());
                });
        checkValue(name, key);
      }
    }
  }

  private static boolean isVariableOf(SettingKey key, String dotted) {
    return key.nameInEnvironment(SettingKey.environmentName(dotted)).isPresent();
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

  /** Reads the file of a secret, which only one of the two keys may set. */
  private void checkSecretFile(String name) {
    Optional<String> secret = SettingKey.secretOf(name).or(() -> SettingKey.secretOfVariable(name));
    Optional<Found> file = secret.isPresent() ? config.find(name) : Optional.empty();
    if (file.isEmpty()) {
      return;
    }
    if (config.find(secret.get()).isPresent()) {
      throw ConfigurationException.of(
          name, "cannot be set together with " + secret.get() + "; keep one", file.get().origin());
    }
    String content = SecretFiles.read(name, file.get().text(), file.get().origin());
    SettingRule rule = SettingKey.ruleOf(secret.get());
    if (!rule.allows(content)) {
      throw ConfigurationException.of(
          name, "expected a file that contains " + rule.expected(), file.get().origin());
    }
  }

  private void checkStorage() {
    if (isSet(SettingKey.STORAGE_URL) && isSet(SettingKey.STORAGE_JNDI)) {
      throw refused(
          SettingKey.STORAGE_JNDI.path(),
          "cannot be set together with " + SettingKey.STORAGE_URL.path() + "; keep one");
    }
    expectLogin(
        SettingKey.STORAGE_USERNAME, SettingKey.STORAGE_PASSWORD, SettingKey.STORAGE_PASSWORD_FILE);
    if (isSet(SettingKey.STORAGE_USERNAME) && !isSet(SettingKey.STORAGE_URL)) {
      throw refused(
          SettingKey.STORAGE_USERNAME.path(),
          "requires " + SettingKey.STORAGE_URL.path() + "; set both");
    }
  }

  private void checkBrokerLogin() {
    expectLogin(
        SettingKey.BROKER_USERNAME, SettingKey.BROKER_PASSWORD, SettingKey.BROKER_PASSWORD_FILE);
    boolean inUrl =
        config.text(SettingKey.BROKER_URL.path()).filter(TextRules::hasUserInfo).isPresent();
    List<SettingKey> kinds =
        List.of(
            SettingKey.BROKER_USERNAME,
            SettingKey.BROKER_TOKEN,
            SettingKey.BROKER_TOKEN_FILE,
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

  /** A misspelt language would send English texts. */
  private void checkLanguage() {
    SettingKey key = SettingKey.LANGUAGE;
    if (isSet(key) && !ConfiguredTexts.languages(config).contains(config.text(key.path()).get())) {
      throw refused(
          key.path(),
          "has no texts; use one of "
              + String.join(", ", StandardTexts.LANGUAGES)
              + ", or set texts in this language below pairing.messages");
    }
  }

  private void expectLogin(SettingKey name, SettingKey password, SettingKey passwordFile) {
    expectBoth(name, isSet(passwordFile) ? passwordFile : password);
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
