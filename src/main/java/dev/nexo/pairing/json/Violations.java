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
 * Gathers what is wrong with a request, so that the caller hears of everything at once. For one
 * thread.
 */
public final class Violations {

  /** As many as one answer names. */
  static final int MAX_NAMED = 100;

  private static final String TIME_EXPECTED = "must be an RFC 3339 time like 2026-11-01T12:00:00Z";

  /** RFC 3339, section 5.6; java.time also accepts a time without seconds. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

  /** A name may come from the caller, and be as long as they like. */
  private static final int MAX_FIELD = 64;

  private final List<Violation> found;
  private final String prefix;

  /** Nothing is wrong yet. */
  public Violations() {
    this(new ArrayList<>(), "");
  }

  private Violations(List<Violation> found, String prefix) {
    this.found = found;
    this.prefix = prefix;
  }

  /** The same list for the values inside a field, which are named {@code field.name} in it. */
  public Violations within(String field) {
    return new Violations(found, prefix + field + ".");
  }

  /** Notes one value at fault; beyond {@value #MAX_NAMED} they are not kept. */
  public void add(String field, String message) {
    if (found.size() < MAX_NAMED) {
      String name = prefix + field;
      boolean cut = name.length() > MAX_FIELD;
      found.add(new Violation(cut ? name.substring(0, MAX_FIELD) + "…" : name, message));
    }
  }

  /**
   * Makes a value that may refuse what it is made of.
   *
   * @return the value, or null where it was refused, which is noted
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
   * A channel and an account, each judged by itself.
   *
   * @param channel the channel; null where its absence has been noted already
   * @param accountId the account, or null for the default one
   * @return both, or null where one is at fault, which is noted
   */
  public ChannelAccount account(String channel, String accountId) {
    ChannelAccount named = channel == null ? null : check(() -> ChannelAccount.of(channel, null));
    ChannelAccount account = check(() -> ChannelAccount.of("any", accountId));
    return named == null || account == null ? null : ChannelAccount.of(channel, accountId);
  }

  /** Reads an RFC 3339 time; null if the text is null, or after noting that it is not a time. */
  public Instant time(String field, String text) {
    if (text == null) {
      return null;
    }
    try {
      if (RFC_3339.matcher(text).matches()) {
        return OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeException e) {
      // The form is right, but there is no such day, hour or minute.
    }
    add(field, TIME_EXPECTED);
    return null;
  }

  /**
   * Returns what is wrong with a text that the database and the channels cannot store, or null.
   * Half a surrogate pair has no UTF-8 form, and PostgreSQL rejects U+0000.
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
        return "must not contain half a surrogate pair";
      }
    }
    return null;
  }

  /**
   * Trims a sender id.
   *
   * @param raw the id as the caller wrote it, or null if it is missing
   * @return null if it is missing or invalid; the latter is noted
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
   * Ends the reading of a request.
   *
   * @throws ProblemException a 400 that names every value at fault, if there is one
   */
  public void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new ProblemException(Problem.of(found));
    }
  }
}
