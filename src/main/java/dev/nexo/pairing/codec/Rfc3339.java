package dev.nexo.pairing.codec;

import dev.nexo.pairing.InvalidValueException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads and writes times in the format of RFC 3339, section 5.6, for example {@code
 * 2099-12-31T23:59:59.123456789-05:00}. The formats of java.time accept more (seconds in offsets,
 * years of five digits), and like a regular expression take as long as checking the signature.
 */
final class Rfc3339 {

  private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");
  private static final int MAX_FRACTION = 9;
  private static final int SECONDS_A_DAY = 86_400;

  private final String text;
  private int at;

  private Rfc3339(String text) {
    this.text = text;
  }

  /**
   * Writes an expiry in UTC, with as many digits of a fraction as necessary.
   *
   * @throws InvalidValueException if the time is null or not in the years 0 to 9999; Java would
   *     write a sign, which the RFC does not allow
   */
  static String write(Instant expiresAt) {
    if (expiresAt == null || expiresAt.isBefore(YEAR_0) || !expiresAt.isBefore(YEAR_10000)) {
      throw new InvalidValueException("expires_at", "must be between the years 0 and 9999");
    }
    return expiresAt.toString();
  }

  /**
   * Reads a time. A leap second is the first second of the next day, as in POSIX.
   *
   * @throws MalformedValueException if the string is not a time, or its fraction has more than nine
   *     digits
   */
  static Instant read(String text) throws MalformedValueException {
    return new Rfc3339(text).instant();
  }

  private Instant instant() throws MalformedValueException {
    long day = date();
    expect('T');
    int hour = number(2, 23);
    expect(':');
    int minute = number(2, 59);
    expect(':');
    int second = number(2, 60);
    int nano = fraction();
    int offset = offset();
    if (at != text.length()) {
      throw malformed();
    }
    long seconds = day * SECONDS_A_DAY + hour * 3_600L + minute * 60L + second - offset;
    if (second == 60 && Math.floorMod(seconds, SECONDS_A_DAY) != 0) {
      throw malformed();
    }
    return Instant.ofEpochSecond(seconds, nano);
  }

  private long date() throws MalformedValueException {
    int year = number(4, 9_999);
    expect('-');
    int month = number(2, 12);
    expect('-');
    int day = number(2, 31);
    try {
      return LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      throw malformed();
    }
  }

  private int fraction() throws MalformedValueException {
    if (here() != '.') {
      return 0;
    }
    int start = ++at;
    int nano = 0;
    while (isDigit(here()) && at - start < MAX_FRACTION) {
      nano = nano * 10 + (text.charAt(at++) - '0');
    }
    if (at == start) {
      throw malformed();
    }
    for (int digits = at - start; digits < MAX_FRACTION; digits++) {
      nano *= 10;
    }
    return nano;
  }

  /** Reads an offset and returns it in seconds. */
  private int offset() throws MalformedValueException {
    char sign = here();
    if (sign != '+' && sign != '-') {
      expect('Z');
      return 0;
    }
    at++;
    int hours = number(2, 23);
    expect(':');
    int seconds = hours * 3_600 + number(2, 59) * 60;
    return sign == '-' ? -seconds : seconds;
  }

  private int number(int digits, int max) throws MalformedValueException {
    int number = 0;
    for (int i = 0; i < digits; i++) {
      if (!isDigit(here())) {
        throw malformed();
      }
      number = number * 10 + (text.charAt(at++) - '0');
    }
    if (number > max) {
      throw malformed();
    }
    return number;
  }

  /** Skips a character; letters are accepted in either case (section 5.6). */
  private void expect(char wanted) throws MalformedValueException {
    if (here() != wanted && here() != Character.toLowerCase(wanted)) {
      throw malformed();
    }
    at++;
  }

  private char here() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static MalformedValueException malformed() {
    return new MalformedValueException("the time is not RFC 3339");
  }
}
