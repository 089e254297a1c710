package dev.nexo.pairing.config;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.message.TextKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All configuration keys. A part in angle brackets is a placeholder for a name: {@code <channel>}
 * {@code <language>} and {@code <name>} contain no dots, {@code <account>} may.
 */
enum SettingKey {
  STORAGE_PATH("pairing.storage.path", SettingRule.FILE),
  STORAGE_URL("pairing.storage.url", SettingRule.DATABASE_URL),
  STORAGE_USERNAME("pairing.storage.username", SettingRule.NAME),
  STORAGE_PASSWORD("pairing.storage.password", SettingRule.SECRET),
  STORAGE_PASSWORD_FILE("pairing.storage.password_file", SettingRule.FILE),
  STORAGE_JNDI("pairing.storage.jndi", SettingRule.NAME),
  SECRET_PATH("pairing.setup_code.secret_path", SettingRule.FILE),
  PREVIOUS_SECRET_PATHS("pairing.setup_code.previous_secret_paths", SettingRule.FILES),
  DEFAULT_TTL("pairing.setup_code.default_ttl_secs", SettingRule.TTL),
  SESSION_TTL("pairing.session_ttl_secs", SettingRule.LONG_TTL),
  SESSION_MAX("pairing.session_max_secs", SettingRule.LONG_TTL_OR_ZERO),
  SESSION_IDLE("pairing.session_idle_secs", SettingRule.LONG_TTL),
  PUBLIC_URL("pairing.public_url", SettingRule.PUBLIC_URL),
  CLEARTEXT_ALLOW("pairing.ws_cleartext_allow", SettingRule.HOSTS),
  AUTO_CHALLENGE("pairing.policy.auto_challenge", SettingRule.FLAG, Activation.RELOAD),
  ACCOUNT_AUTO_CHALLENGE(
      "pairing.policy.<channel>.<account>.auto_challenge", SettingRule.FLAG, Activation.RELOAD),
  CHALLENGE("pairing.policy.challenge", SettingRule.CHALLENGE, Activation.RELOAD),
  ACCOUNT_CHALLENGE(
      "pairing.policy.<channel>.<account>.challenge", SettingRule.CHALLENGE, Activation.RELOAD),
  CHALLENGES_PER_HOUR("pairing.policy.challenges_per_hour", SettingRule.HOURLY, Activation.RELOAD),
  ACCOUNT_CHALLENGES_PER_HOUR(
      "pairing.policy.<channel>.<account>.challenges_per_hour",
      SettingRule.HOURLY,
      Activation.RELOAD),
  GROUPS("pairing.policy.groups", SettingRule.GROUPS, Activation.RELOAD),
  ACCOUNT_GROUPS(
      "pairing.policy.<channel>.<account>.groups", SettingRule.GROUPS, Activation.RELOAD),
  HOLD_MESSAGES("pairing.policy.hold_messages", SettingRule.HELD, Activation.RELOAD),
  ACCOUNT_HOLD_MESSAGES(
      "pairing.policy.<channel>.<account>.hold_messages", SettingRule.HELD, Activation.RELOAD),
  NOTIFY_REQUESTER("pairing.policy.notify_requester", SettingRule.NOTICES, Activation.RELOAD),
  ACCOUNT_NOTIFY_REQUESTER(
      "pairing.policy.<channel>.<account>.notify_requester",
      SettingRule.NOTICES,
      Activation.RELOAD),
  LANGUAGE("pairing.language", SettingRule.LANGUAGE, Activation.RELOAD),
  CHALLENGE_TEXT(
      "pairing.messages.<language>.challenge", SettingRule.CHALLENGE_TEXT, Activation.RELOAD),
  ACCOUNT_CHALLENGE_TEXT(
      "pairing.messages.<channel>.<account>.<language>.challenge",
      SettingRule.CHALLENGE_TEXT,
      Activation.RELOAD),
  CODE_TEXT("pairing.messages.<language>.code", SettingRule.CODE_TEXT, Activation.RELOAD),
  ACCOUNT_CODE_TEXT(
      "pairing.messages.<channel>.<account>.<language>.code",
      SettingRule.CODE_TEXT,
      Activation.RELOAD),
  APPROVED_TEXT(
      "pairing.messages.<language>.approved", SettingRule.APPROVED_TEXT, Activation.RELOAD),
  ACCOUNT_APPROVED_TEXT(
      "pairing.messages.<channel>.<account>.<language>.approved",
      SettingRule.APPROVED_TEXT,
      Activation.RELOAD),
  DENIED_TEXT("pairing.messages.<language>.denied", SettingRule.DENIED_TEXT, Activation.RELOAD),
  ACCOUNT_DENIED_TEXT(
      "pairing.messages.<channel>.<account>.<language>.denied",
      SettingRule.DENIED_TEXT,
      Activation.RELOAD),
  EXPIRED_TEXT("pairing.messages.<language>.expired", SettingRule.EXPIRED_TEXT, Activation.RELOAD),
  ACCOUNT_EXPIRED_TEXT(
      "pairing.messages.<channel>.<account>.<language>.expired",
      SettingRule.EXPIRED_TEXT,
      Activation.RELOAD),
  OWNER_TEXT("pairing.messages.<language>.owner", SettingRule.OWNER_TEXT, Activation.RELOAD),
  ACCOUNT_OWNER_TEXT(
      "pairing.messages.<channel>.<account>.<language>.owner",
      SettingRule.OWNER_TEXT,
      Activation.RELOAD),
  NOTIFY_QUIET_HOURS("pairing.notify.quiet_hours", SettingRule.QUIET_HOURS),
  NOTIFY_WEBHOOK_URL("pairing.notify.webhook.url", SettingRule.WEBHOOK_URL),
  NOTIFY_WEBHOOK_SECRET("pairing.notify.webhook.secret", SettingRule.WEBHOOK_SECRET),
  NOTIFY_WEBHOOK_SECRET_FILE("pairing.notify.webhook.secret_file", SettingRule.FILE),
  NOTIFY_OWNER_CHAT("pairing.notify.owner_chat", SettingRule.FLAG),
  NOTIFY_WEB_PUSH("pairing.notify.web_push", SettingRule.FLAG),
  NOTIFY_PUSH_ORIGINS("pairing.notify.web_push_origins", SettingRule.ORIGINS),
  BROKER_URL("pairing.broker.url", SettingRule.BROKER_URL),
  BROKER_USERNAME("pairing.broker.username", SettingRule.NAME),
  BROKER_PASSWORD("pairing.broker.password", SettingRule.SECRET),
  BROKER_PASSWORD_FILE("pairing.broker.password_file", SettingRule.FILE),
  BROKER_TOKEN("pairing.broker.token", SettingRule.SECRET),
  BROKER_TOKEN_FILE("pairing.broker.token_file", SettingRule.FILE),
  BROKER_NKEY("pairing.broker.nkey_seed_path", SettingRule.FILE),
  BROKER_CREDENTIALS("pairing.broker.credentials_path", SettingRule.FILE),
  BROKER_CA("pairing.broker.tls.ca_path", SettingRule.FILE),
  BROKER_CERT("pairing.broker.tls.cert_path", SettingRule.FILE),
  BROKER_KEY("pairing.broker.tls.key_path", SettingRule.FILE),
  BUS_SERVICE("pairing.bus.service", SettingRule.FLAG),
  BUS_FORWARD_PREFIX("pairing.bus.forward_prefix", SettingRule.FORWARD_SUBJECT),
  ADAPTER_PREFIX("pairing.adapters.<channel>.broker_prefix", SettingRule.SUBJECT),
  SECURITY_ACCOUNTS("pairing.security.accounts", SettingRule.ACCOUNTS),
  GUARD_SERVER_ENDPOINTS("pairing.security.guard_server_endpoints", SettingRule.FLAG),
  OPERATOR_PASSWORD("pairing.operator.password", SettingRule.PASSWORD),
  OPERATOR_PASSWORD_FILE("pairing.operator.password_file", SettingRule.FILE),
  CHANNEL_PASSWORD("pairing.channels.<name>.password", SettingRule.PASSWORD, Activation.RELOAD),
  CHANNEL_PASSWORD_FILE(
      "pairing.channels.<name>.password_file", SettingRule.FILE, Activation.RELOAD),
  TRUSTED_PROXIES("pairing.trusted_proxies", SettingRule.NETWORKS, Activation.RELOAD),
  TRUSTED_HEADER("pairing.trusted_header", SettingRule.TRUSTED_HEADER, Activation.RELOAD),
  LOG_LEVEL("pairing.log.level", SettingRule.LOG_LEVEL, Activation.RELOAD);

  /** When a changed value becomes active. */
  enum Activation {
    /** Within seconds after the file has changed. */
    RELOAD,
    /** When the server starts again. */
    RESTART
  }

  private final String path;
  private final SettingRule rule;
  private final Activation activation;
  private final Pattern dotted;
  private final Pattern environment;

  SettingKey(String path, SettingRule rule) {
    this(path, rule, Activation.RESTART);
  }

  SettingKey(String path, SettingRule rule, Activation activation) {
    this.path = path;
    this.rule = rule;
    this.activation = activation;
    this.dotted =
        Pattern.compile(
            path.replace(".", "\\.")
                .replaceAll("<(channel|name|language)>", "(?<$1>[^.]+)")
                .replace("<account>", "(?<account>.+)"),
            Pattern.DOTALL);
    // One group for both names: the variable does not show where the account begins.
    this.environment =
        Pattern.compile(
            environmentName(path.replace("<channel>.<account>", "<name>"))
                .replaceAll("_(CHANNEL|NAME)_", "(.+)")
                .replace("_LANGUAGE_", "([A-Z]{2,3})")
                // PAIRING_POLICY_<NAME>_AUTO_CHALLENGE is the variable of another key.
                .replaceAll("\\Q(.+)_CHALLENGE\\E$", "(.+)(?<!AUTO)_CHALLENGE"));
  }

  /** Returns the dotted key, with placeholders in angle brackets. */
  String path() {
    return path;
  }

  /** Returns the key's environment variable, with placeholders in angle brackets. */
  String variable() {
    return Arrays.stream(path.split("\\."))
        .map(part -> part.startsWith("<") ? part.toUpperCase(Locale.ROOT) : environmentName(part))
        .collect(Collectors.joining("_"));
  }

  SettingRule rule() {
    return rule;
  }

  /** Returns when a changed value becomes active. */
  Activation activation() {
    return activation;
  }

  /** Returns whether the key has no placeholder. */
  boolean isFixed() {
    return path.indexOf('<') < 0;
  }

  /** Returns whether the key contains a channel and an account. */
  boolean isOfAccount() {
    return path.contains("<account>");
  }

  /** Returns the key of a text for all accounts, or for one account. */
  static SettingKey ofText(TextKind kind, boolean ofAccount) {
    String end = ".<language>." + kind.wireName();
    return Arrays.stream(values())
        .filter(key -> key.path.endsWith(end) && key.isOfAccount() == ofAccount)
        .findFirst()
        .orElseThrow();
  }

  /** Returns the language in a dotted key; empty if it is another key. */
  Optional<String> languageIn(String key) {
    Matcher matcher = dotted.matcher(key);
    return path.contains("<language>") && matcher.matches()
        ? Optional.of(matcher.group("language"))
        : Optional.empty();
  }

  /** Returns the language in an environment variable; empty if it is another key. */
  Optional<String> languageInEnvironment(String variable) {
    Matcher matcher = environment.matcher(variable);
    return path.contains("<language>") && matcher.matches()
        ? Optional.of(matcher.group(matcher.groupCount()).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** Returns the key with its placeholders replaced by these names, in order. */
  String of(String... names) {
    String key = path;
    for (String name : names) {
      key = key.replaceFirst("<\\w+>", Matcher.quoteReplacement(name));
    }
    return key;
  }

  /** Returns the channel or name in a dotted key; empty if it is another key. */
  Optional<String> channelIn(String key) {
    Matcher matcher = dotted.matcher(key);
    return !isFixed() && matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Returns the channel and account in a dotted key; empty if it does not contain both. */
  Optional<ChannelAccount> accountIn(String key) {
    Matcher matcher = dotted.matcher(key);
    return isOfAccount() && matcher.matches()
        ? Optional.of(new ChannelAccount(matcher.group("channel"), matcher.group("account")))
        : Optional.empty();
  }

  /** Returns the names in an environment variable, in upper case; empty if it is another key. */
  Optional<String> nameInEnvironment(String variable) {
    Matcher matcher = environment.matcher(variable);
    return !isFixed() && matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /**
   * Returns the names in a dotted key, such as {@code whatsapp:default} or {@code whatsapp}; empty
   * if it is not a key with placeholders.
   */
  static Optional<String> namesIn(String key) {
    return find(key)
        .filter(found -> !found.isFixed())
        .map(
            found ->
                found
                    .accountIn(key)
                    .map(account -> account.channel() + ":" + account.accountId())
                    .orElseGet(() -> found.channelIn(key).orElseThrow()));
  }

  /** Returns what is wrong with the names in an environment variable; empty if nothing is. */
  Optional<String> faultOfVariable(String variable) {
    return isOfAccount()
        ? nameInEnvironment(variable)
            .filter(names -> !names.matches(".+_.+"))
            .map(names -> "expected " + variable())
        : Optional.empty();
  }

  /** Returns what is wrong with the channel or account in a dotted key; empty if nothing is. */
  Optional<String> faultOfNames(String key) {
    Matcher matcher = dotted.matcher(key);
    if (isFixed() || !matcher.matches()) {
      return Optional.empty();
    }
    if (path.contains("<language>") && !TextRules.isLanguage(matcher.group("language"))) {
      return Optional.of("expected a language of two or three letters a-z, such as es");
    }
    if (!ChannelAccount.isChannel(matcher.group(1))) {
      return Optional.of("expected a name of 1 to 32 characters a-z, 0-9, _ or -");
    }
    if ((this == CHANNEL_PASSWORD || this == CHANNEL_PASSWORD_FILE)
        && isReserved(matcher.group(1))) {
      return Optional.of("this name is reserved for the operator; choose another one");
    }
    if (isOfAccount() && !ChannelAccount.isAccount(matcher.group("account"))) {
      return Optional.of(
          "expected an account of 1 to 64 characters A-Z, a-z, 0-9, _ or -, with single dots inside");
    }
    return Optional.empty();
  }

  /** Returns the key for a dotted path, whose names may be invalid; empty if it is unknown. */
  static Optional<SettingKey> find(String path) {
    return Arrays.stream(values()).filter(key -> key.dotted.matcher(path).matches()).findFirst();
  }

  /** Returns a key that begins with this path, with any names; empty if there is none. */
  static Optional<SettingKey> below(String path) {
    String[] parts = path.split("\\.", -1);
    return Arrays.stream(values()).filter(key -> key.isBelow(parts)).findFirst();
  }

  private boolean isBelow(String[] parts) {
    String[] own = path.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i < own.length && own[i].equals("<account>")) {
        return true;
      }
      if (i >= own.length - 1 || !(own[i].startsWith("<") || own[i].equals(parts[i]))) {
        return false;
      }
    }
    return true;
  }

  /** The ending of a key that names the file of a secret: {@code password_file}. */
  static final String FILE_ENDING = "_file";

  /** Returns the dotted key of the secret whose file this dotted key names; empty if none. */
  static Optional<String> secretOf(String key) {
    return find(key)
        .filter(found -> found.path.endsWith(FILE_ENDING))
        .map(found -> key.substring(0, key.length() - FILE_ENDING.length()));
  }

  /** Returns the variable of the secret whose file this variable names; empty if none. */
  static Optional<String> secretOfVariable(String variable) {
    String ending = environmentName(FILE_ENDING);
    return Arrays.stream(values())
        .filter(key -> key.path.endsWith(FILE_ENDING))
        .filter(key -> key.environment.matcher(variable).matches())
        .map(key -> variable.substring(0, variable.length() - ending.length()))
        .findFirst();
  }

  /** Returns the rule of a dotted key or a variable, which must be known. */
  static SettingRule ruleOf(String name) {
    return Arrays.stream(values())
        .filter(
            key -> key.dotted.matcher(name).matches() || key.environment.matcher(name).matches())
        .map(key -> key.rule)
        .findFirst()
        .orElseThrow();
  }

  /** Returns whether a channel account may not have this name, because it is the operator's. */
  static boolean isReserved(String name) {
    return name.equals("operator");
  }

  /** Returns the name of a key as an environment variable, as in MicroProfile Config. */
  static String environmentName(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
