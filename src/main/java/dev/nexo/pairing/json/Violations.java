package dev.nexo.pairing.json;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Collects the invalid values of a request, so that one response names all of them. Not
 * thread-safe.
 */
public final class Violations {

  /** The maximum number of violations in one response. */
  static final int MAX_NAMED = 100;

  private static final String TIME_EXPECTED =
      "must be an RFC 3339 time such as 2026-11-01T12:00:00Z";

  /** RFC 3339, section 5.6; java.time also accepts a time without seconds. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

  /** The maximum length of a name, in characters; callers may send longer unknown names. */
  private static final int MAX_FIELD = 64;

  private final List<Violation> found;
  private final String prefix;

  /** Creates an empty collection. */
  public Violations() {
    this(new ArrayList<>(), "");
  }

  private Violations(List<Violation> found, String prefix) {
    this.found = found;
    this.prefix = prefix;
  }

  /** Returns a view that adds values inside a field, named {@code field.name}. */
  public Violations within(String field) {
    return new Violations(found, prefix + field + ".");
  }

  /** Adds one invalid value. Ignores it if there are {@value #MAX_NAMED} already. */
  public void add(String field, String message) {
    if (found.size() < MAX_NAMED) {
      String name = prefix + field;
      boolean cut = name.length() > MAX_FIELD;
      found.add(new Violation(cut ? name.substring(0, MAX_FIELD) + "…" : name, message));
    }
  }

  /**
   * Creates a value, and adds a violation if an {@link InvalidValueException} is thrown.
   *
   * @return the value, or null if it is invalid
   */
  public <T> T check(Supplier<T> value) {
    try {
      return value.get();
    } catch (InvalidValueException e) {
      add(e.field(), e.expectation());
      return null;
    }
  }

  /**
   * Checks a channel and an account separately, so that one response names both.
   *
   * @param channel the channel; null if it is missing, for which the caller adds the violation
   * @param accountId the account, or null for the default account
   * @return both, or null if one is invalid or the channel is missing
   */
  public ChannelAccount account(String channel, String accountId) {
    ChannelAccount named = channel == null ? null : check(() -> ChannelAccount.of(channel, null));
    ChannelAccount account = check(() -> ChannelAccount.of("any", accountId));
    return named == null || account == null ? null : ChannelAccount.of(channel, accountId);
  }

  /** Returns an RFC 3339 time; null if the string is null, or is not a time (a violation). */
  public Instant time(String field, String text) {
    if (text == null) {
      return null;
    }
    try {
      if (RFC_3339.matcher(text).matches()) {
        return OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeException e) {
      // The syntax is right, but the day, hour or minute does not exist.
    }
    add(field, TIME_EXPECTED);
    return null;
  }

  /**
   * Returns why the database or the channels cannot store a string, or null if they can. Half a
   * surrogate pair has no UTF-8 form, and PostgreSQL rejects U+0000.
   */
  public static String fault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "must not contain the character U+0000";
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return "must not contain an unpaired surrogate";
      }
    }
    return null;
  }

  /**
   * Trims and checks a sender id.
   *
   * @param raw the id as the caller wrote it, or null if it is missing
   * @return null if it is missing, or is invalid (a violation)
   */
  public String sender(String field, String raw) {
    String trimmed = raw == null ? null : raw.strip();
    if (trimmed == null || SenderKey.isSender(trimmed)) {
      return trimmed;
    }
    add(field, "must be 1 to 256 characters without control characters");
    return null;
  }

  /**
   * Rejects the request if there are violations.
   *
   * @throws ProblemException a 400 that names all violations, if there are any
   */
  public void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new ProblemException(Problem.of(found));
    }
  }
}
