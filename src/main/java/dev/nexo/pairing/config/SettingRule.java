package dev.nexo.pairing.config;

import dev.nexo.pairing.address.AddressBlock;
import dev.nexo.pairing.address.TrustedHeader;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.yaml.snakeyaml.nodes.Tag;

/** What a value has to be. For a list, what each of its elements has to be. */
enum SettingRule {
  FLAG(Shape.FLAG, "true or false", value -> asFlag(value).isPresent()),
  TTL(Shape.NUMBER, "a whole number of seconds from 1 to 86400", value -> isWithin(value, 86_400)),
  /** Ten years at most: so far no sum of times overflows. */
  LONG_TTL(
      Shape.NUMBER,
      "a whole number of seconds from 1 to 315360000",
      value -> isWithin(value, 315_360_000)),
  FILE(Shape.TEXT, "the path of a file", TextRules::isPath),
  FILES(Shape.LIST, "paths of files", TextRules::isPath),
  NAME(Shape.TEXT, "text without control characters", TextRules::isPlain),
  SECRET(Shape.TEXT, "text that is not blank, without control characters", TextRules::isPlain),
  /** Refuses the worst only: who guesses is locked out after ten wrong ones a minute. */
  PASSWORD(
      Shape.TEXT,
      "at least 8 characters, not blank, without control characters",
      value -> TextRules.isPlain(value) && value.codePointCount(0, value.length()) >= 8),
  ACCOUNTS(
      Shape.TEXT, "builtin or server", value -> value.equals("builtin") || value.equals("server")),
  PUBLIC_URL(Shape.TEXT, "a URL such as wss://nexo.example.com/pair", TextRules::isPublicUrl),
  DATABASE_URL(
      Shape.TEXT,
      "jdbc:postgresql://host:5432/database, without user or password in it",
      TextRules::isDatabaseUrl),
  BROKER_URL(
      Shape.TEXT,
      "nats://host:4222 or tls://host:4222, several separated by commas",
      TextRules::isBrokerUrls),
  HOSTS(
      Shape.LIST,
      "host names or addresses, without scheme, port, path or wildcard",
      TextRules::isHost),
  NETWORKS(
      Shape.LIST,
      "IP addresses or CIDR blocks, such as 10.0.0.1 or fd00::/8",
      value -> AddressBlock.parse(value).isPresent()),
  TRUSTED_HEADER(
      Shape.TEXT, "Forwarded or X-Forwarded-For", value -> TrustedHeader.parse(value).isPresent()),
  SUBJECT(
      Shape.TEXT,
      "a NATS subject of A-Z, a-z, 0-9, _ and - with single dots inside, no wildcard",
      TextRules::isSubject),
  FORWARD_SUBJECT(
      Shape.TEXT,
      "a NATS subject without wildcard, apart from plugin.inbound, plugin.outbound and"
          + " pairing.inbound, which would loop",
      TextRules::isForwardPrefix);

  private final Shape shape;
  private final String expected;

  @SuppressWarnings("ImmutableEnumChecker") // the predicates hold no state
  private final Predicate<String> holds;

  SettingRule(Shape shape, String expected, Predicate<String> holds) {
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

  /** How a value is written in YAML. Elsewhere everything is text. */
  enum Shape {
    TEXT(Tag.STR, "text; put it in quotes"),
    NUMBER(Tag.INT, "a number without quotes"),
    FLAG(Tag.BOOL, "true or false without quotes"),
    LIST(Tag.SEQ, "a list of texts, [one, two]");

    @SuppressWarnings("ImmutableEnumChecker") // a tag never changes, its class only does not say so
    private final Tag tag;

    private final String written;

    Shape(Tag tag, String written) {
      this.tag = tag;
      this.written = written;
    }

    /** The YAML type of such a value. */
    Tag tag() {
      return tag;
    }

    /** What to write, for messages. */
    String written() {
      return written;
    }
  }
}
