package dev.nexo.pairing.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What a value has to be. For a list, what each of its elements has to be. */
enum Rule {
  FLAG(Shape.FLAG, "true or false", value -> asFlag(value).isPresent()),
  TTL(Shape.NUMBER, "a whole number of seconds from 1 to 86400", value -> isWithin(value, 86_400)),
  /** Ten years at most: so far no sum of times overflows. */
  LONG_TTL(
      Shape.NUMBER,
      "a whole number of seconds from 1 to 315360000",
      value -> isWithin(value, 315_360_000)),
  FILE(Shape.TEXT, "the path of a file", Texts::isPath),
  FILES(Shape.LIST, "paths of files", Texts::isPath),
  NAME(Shape.TEXT, "text without control characters", Texts::isPlain),
  SECRET(Shape.TEXT, "text that is not blank, without control characters", Texts::isPlain),
  /** Refuses the worst only: who guesses is locked out after ten wrong ones a minute. */
  PASSWORD(
      Shape.TEXT,
      "at least 8 characters, not blank, without control characters",
      value -> Texts.isPlain(value) && value.codePointCount(0, value.length()) >= 8),
  ACCOUNTS(
      Shape.TEXT, "builtin or server", value -> value.equals("builtin") || value.equals("server")),
  PUBLIC_URL(Shape.TEXT, "a URL such as wss://nexo.example.com/pair", Addresses::isPublicUrl),
  DATABASE_URL(
      Shape.TEXT,
      "jdbc:postgresql://host:5432/database, without user or password in it",
      Addresses::isDatabaseUrl),
  BROKER_URL(
      Shape.TEXT,
      "nats://host:4222 or tls://host:4222, several separated by commas",
      Addresses::isBrokerUrls),
  HOSTS(
      Shape.LIST,
      "host names or addresses, without scheme, port, path or wildcard",
      Addresses::isHost),
  NETWORKS(
      Shape.LIST,
      "IP addresses or CIDR blocks, such as 10.0.0.1 or fd00::/8",
      Addresses::isNetwork),
  TRUSTED_HEADER(
      Shape.TEXT, "Forwarded or X-Forwarded-For", value -> TrustedHeader.parse(value).isPresent()),
  SUBJECT(
      Shape.TEXT,
      "a NATS subject of A-Z, a-z, 0-9, _ and - with single dots inside, no wildcard",
      Subjects::isSubject),
  FORWARD_SUBJECT(
      Shape.TEXT,
      "a NATS subject without wildcard, apart from plugin.inbound, plugin.outbound and"
          + " pairing.inbound, which would loop",
      Subjects::isForwardPrefix);

  private final Shape shape;
  private final String expected;

  @SuppressWarnings("ImmutableEnumChecker") // the predicates hold no state
  private final Predicate<String> holds;

  Rule(Shape shape, String expected, Predicate<String> holds) {
    this.shape = shape;
    this.expected = expected;
    this.holds = holds;
  }

  /** How such a value is written in YAML. */
  Shape shape() {
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
