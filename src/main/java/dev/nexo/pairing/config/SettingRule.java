package dev.nexo.pairing.config;

import dev.nexo.pairing.address.AddressBlock;
import dev.nexo.pairing.address.TrustedHeader;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.message.TextTemplate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.yaml.snakeyaml.nodes.Tag;

/** The rules for values. The rule of a list applies to each of its elements. */
enum SettingRule {
  FLAG(Shape.FLAG, "true or false", value -> asFlag(value).isPresent()),
  TTL(Shape.NUMBER, "a whole number of seconds from 1 to 86400", value -> isWithin(value, 86_400)),
  /** At most ten years, so that adding it to a time cannot overflow. */
  LONG_TTL(
      Shape.NUMBER,
      "a whole number of seconds from 1 to 315360000",
      value -> isWithin(value, 315_360_000)),
  LONG_TTL_OR_ZERO(
      Shape.NUMBER,
      "a whole number of seconds from 0 to 315360000",
      value -> value.equals("0") || isWithin(value, 315_360_000)),
  CHALLENGE(
      Shape.TEXT, "reply or silent", value -> value.equals("reply") || value.equals("silent")),
  HOURLY(
      Shape.NUMBER,
      "a whole number from 0 to 100000",
      value -> value.equals("0") || isWithin(value, 100_000)),
  GROUPS(Shape.TEXT, "drop or pair", value -> value.equals("drop") || value.equals("pair")),
  HELD(Shape.NUMBER, "a whole number from 0 to 5", value -> value.matches("[0-5]")),
  NOTICES(
      Shape.LIST,
      "approved, denied or expired, or an empty list",
      value -> RequesterNotice.find(value).isPresent()),
  QUIET_HOURS(
      Shape.TEXT,
      "two times of day and a time zone, such as 22:00-07:00 Europe/Berlin",
      value -> QuietHours.parse(value, ZoneOffset.UTC).isPresent()),
  WEBHOOK_URL(
      Shape.TEXT,
      "a URL such as https://example.com/hook, or http:// to this machine or a local network,"
          + " without a login",
      TextRules::isWebhookUrl),
  WEBHOOK_SECRET(
      Shape.TEXT,
      "whsec_ followed by 24 to 64 bytes in base64; make one with:"
          + " echo whsec_$(openssl rand -base64 32)",
      value -> WebhookSettings.key(value).isPresent()),
  LANGUAGE(Shape.TEXT, "a language of two or three letters a-z, such as es", TextRules::isLanguage),
  CHALLENGE_TEXT(TextKind.CHALLENGE),
  CODE_TEXT(TextKind.CODE_ONLY),
  APPROVED_TEXT(TextKind.APPROVED),
  DENIED_TEXT(TextKind.DENIED),
  EXPIRED_TEXT(TextKind.EXPIRED),
  OWNER_TEXT(TextKind.OWNER),
  FILE(Shape.TEXT, "the path of a file", TextRules::isPath),
  FILES(Shape.LIST, "paths of files", TextRules::isPath),
  NAME(Shape.TEXT, "a string without control characters", TextRules::isPlain),
  SECRET(Shape.TEXT, "a string that is not blank, without control characters", TextRules::isPlain),
  /** Only a minimum: an address is locked out after ten wrong passwords in a minute. */
  PASSWORD(
      Shape.TEXT,
      "at least 8 characters, not blank, without control characters",
      value -> TextRules.isPlain(value) && value.codePointCount(0, value.length()) >= 8),
  ACCOUNTS(
      Shape.TEXT, "builtin or server", value -> value.equals("builtin") || value.equals("server")),
  PUBLIC_URL(Shape.TEXT, "a URL such as wss://nexo.example.com/pair", TextRules::isPublicUrl),
  DATABASE_URL(
      Shape.TEXT,
      "a URL such as jdbc:postgresql://host:5432/database, without user and password",
      TextRules::isDatabaseUrl),
  BROKER_URL(
      Shape.TEXT,
      "URLs such as nats://host:4222 or tls://host:4222, separated by commas",
      TextRules::isBrokerUrls),
  HOSTS(
      Shape.LIST,
      "host names or addresses, without scheme, port, path or wildcard",
      TextRules::isHost),
  ORIGINS(
      Shape.LIST,
      "origins without a path, such as https://push.example.org:8443",
      TextRules::isOrigin),
  NETWORKS(
      Shape.LIST,
      "IP addresses or CIDR blocks, such as 10.0.0.1 or fd00::/8",
      value -> AddressBlock.parse(value).isPresent()),
  TRUSTED_HEADER(
      Shape.TEXT, "Forwarded or X-Forwarded-For", value -> TrustedHeader.parse(value).isPresent()),
  LOG_LEVEL(Shape.TEXT, "warning, info or debug", value -> LogLevels.find(value).isPresent()),
  SUBJECT(
      Shape.TEXT,
      "a NATS subject of A-Z, a-z, 0-9, _ and - with single dots inside, no wildcard",
      TextRules::isSubject),
  FORWARD_SUBJECT(
      Shape.TEXT,
      "a NATS subject without wildcard, other than plugin.inbound, plugin.outbound and"
          + " pairing.inbound, which would cause a loop",
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

  SettingRule(TextKind kind) {
    this(
        Shape.TEXT,
        TextTemplate.expected(kind),
        value -> TextTemplate.parse(kind, value).isPresent());
  }

  /** Returns how a value is written in YAML. */
  Shape shape() {
    return shape;
  }

  /** Returns what is expected, for messages. */
  String expected() {
    return expected;
  }

  /** Returns whether a value is secret: never shown, never trimmed and never blank. */
  boolean isSecret() {
    return this == SECRET || this == PASSWORD || this == WEBHOOK_SECRET;
  }

  /** Returns whether a value, or one element of a list, is valid. */
  boolean allows(String value) {
    return holds.test(isSecret() ? value : value.strip());
  }

  /**
   * Parses a boolean in the spellings of YAML and MicroProfile; empty for anything else. In
   * MicroProfile every other string is false, so a misspelt {@code ture} would admit everyone.
   */
  static Optional<Boolean> asFlag(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y", "on", "1" -> Optional.of(true);
      case "false", "no", "n", "off", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static boolean isWithin(String value, int max) {
    // Accepts only decimal numbers: YAML would read 010 as 8 and 1:00 as 60.
    return value.matches("[1-9][0-9]{0,8}") && Integer.parseInt(value) <= max;
  }

  /** How a value is written in YAML. In other sources every value is a string. */
  enum Shape {
    TEXT(Tag.STR, "a string in quotes"),
    NUMBER(Tag.INT, "a number without quotes"),
    FLAG(Tag.BOOL, "true or false without quotes"),
    LIST(Tag.SEQ, "a list of strings, [one, two]");

    @SuppressWarnings("ImmutableEnumChecker") // Tag is immutable but not annotated
    private final Tag tag;

    private final String written;

    Shape(Tag tag, String written) {
      this.tag = tag;
      this.written = written;
    }

    /** Returns the YAML type of the value. */
    Tag tag() {
      return tag;
    }

    /** Returns what to write, for messages. */
    String written() {
      return written;
    }
  }
}
