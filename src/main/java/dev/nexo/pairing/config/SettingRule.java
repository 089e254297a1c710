package dev.nexo.pairing.config;

import dev.nexo.pairing.address.AddressBlock;
import dev.nexo.pairing.address.TrustedHeader;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What a value has to be. For a list, what each of its elements has to be. */
enum SettingRule {
  FLAG(YamlShape.FLAG, "true or false", value -> asFlag(value).isPresent()),
  TTL(
      YamlShape.NUMBER,
      "a whole number of seconds from 1 to 86400",
      value -> isWithin(value, 86_400)),
  /** Ten years at most: so far no sum of times overflows. */
  LONG_TTL(
      YamlShape.NUMBER,
      "a whole number of seconds from 1 to 315360000",
      value -> isWithin(value, 315_360_000)),
  FILE(YamlShape.TEXT, "the path of a file", TextRules::isPath),
  FILES(YamlShape.LIST, "paths of files", TextRules::isPath),
  NAME(YamlShape.TEXT, "text without control characters", TextRules::isPlain),
  SECRET(YamlShape.TEXT, "text that is not blank, without control characters", TextRules::isPlain),
  /** Refuses the worst only: who guesses is locked out after ten wrong ones a minute. */
  PASSWORD(
      YamlShape.TEXT,
      "at least 8 characters, not blank, without control characters",
      value -> TextRules.isPlain(value) && value.codePointCount(0, value.length()) >= 8),
  ACCOUNTS(
      YamlShape.TEXT,
      "builtin or server",
      value -> value.equals("builtin") || value.equals("server")),
  PUBLIC_URL(
      YamlShape.TEXT, "a URL such as wss://nexo.example.com/pair", AddressRules::isPublicUrl),
  DATABASE_URL(
      YamlShape.TEXT,
      "jdbc:postgresql://host:5432/database, without user or password in it",
      AddressRules::isDatabaseUrl),
  BROKER_URL(
      YamlShape.TEXT,
      "nats://host:4222 or tls://host:4222, several separated by commas",
      AddressRules::isBrokerUrls),
  HOSTS(
      YamlShape.LIST,
      "host names or addresses, without scheme, port, path or wildcard",
      AddressRules::isHost),
  NETWORKS(
      YamlShape.LIST,
      "IP addresses or CIDR blocks, such as 10.0.0.1 or fd00::/8",
      value -> AddressBlock.parse(value).isPresent()),
  TRUSTED_HEADER(
      YamlShape.TEXT,
      "Forwarded or X-Forwarded-For",
      value -> TrustedHeader.parse(value).isPresent()),
  SUBJECT(
      YamlShape.TEXT,
      "a NATS subject of A-Z, a-z, 0-9, _ and - with single dots inside, no wildcard",
      SubjectRules::isSubject),
  FORWARD_SUBJECT(
      YamlShape.TEXT,
      "a NATS subject without wildcard, apart from plugin.inbound, plugin.outbound and"
          + " pairing.inbound, which would loop",
      SubjectRules::isForwardPrefix);

  private final YamlShape shape;
  private final String expected;

  @SuppressWarnings("ImmutableEnumChecker") // the predicates hold no state
  private final Predicate<String> holds;

  SettingRule(YamlShape shape, String expected, Predicate<String> holds) {
    this.shape = shape;
    this.expected = expected;
    this.holds = holds;
  }

  /** How such a value is written in YAML. */
  YamlShape shape() {
    return shape;
  }

  /** What a value has to be, for messages. */
  String expected() {
    return expected;
  }

  /** Whether a value may not be shown, trimmed or left blank. */
  boolean isSecret() {
    return this == SECRET || this == PASSWORD;
  }

  /** Whether a value, or one element of a list, is as expected. */
  boolean allows(String value) {
    return holds.test(isSecret() ? value : value.strip());
  }

  /**
   * A boolean as YAML and MicroProfile spell it. Unlike MicroProfile, nothing else is false: a
   * misspelt {@code ture} would open the gate.
   */
  static Optional<Boolean> asFlag(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y", "on", "1" -> Optional.of(true);
      case "false", "no", "n", "off", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static boolean isWithin(String value, int max) {
    // Plain decimals only: YAML would read 010 as 8 and 1:00 as 60.
    return value.matches("[1-9][0-9]{0,8}") && Integer.parseInt(value) <= max;
  }
}
