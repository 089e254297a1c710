package dev.nexo.pairing.codec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tokens of a JSON text (RFC 8259) one after the other, with the white space before them.
 * Not thread-safe.
 */
final class JsonCursor {

  /** Returned by {@link #peek} at the end of the text; not allowed anywhere in JSON. */
  static final char END = '\0';

  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final String text;
  private int at;

  JsonCursor(String text) {
    this.text = text;
  }

  /** Returns the next character after white space, and does not skip it. */
  char peek() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return here();
  }

  /** Skips a character if it is next; returns whether it was. */
  boolean takes(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /**
   * Skips a character.
   *
   * @throws MalformedValueException if it is not next
   */
  void expect(char wanted) throws MalformedValueException {
    if (!takes(wanted)) {
      throw new MalformedValueException("not JSON: " + wanted + " is missing");
    }
  }

  /**
   * Checks that only white space is left.
   *
   * @throws MalformedValueException if there is more
   */
  void end() throws MalformedValueException {
    peek();
    if (at < text.length()) {
      throw new MalformedValueException("not JSON: more data after the object");
    }
  }

  /**
   * Skips {@code true}, {@code false} or {@code null}.
   *
   * @throws MalformedValueException if it is not next
   */
  void literal(String literal) throws MalformedValueException {
    if (!text.startsWith(literal, at)) {
      throw new MalformedValueException("not JSON: no value");
    }
    at += literal.length();
  }

  /**
   * Skips a number (section 6).
   *
   * @throws MalformedValueException if none is next
   */
  void number() throws MalformedValueException {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw new MalformedValueException("not JSON: no value");
    }
    at = number.end();
  }

  /**
   * Reads a string (section 7).
   *
   * @throws MalformedValueException if none is next, or it has a control character, an unknown
   *     escape or half a surrogate pair
   */
  String string() throws MalformedValueException {
    expect('"');
    StringBuilder read = new StringBuilder();
    while (here() != '"') {
      if (here() == '\\') {
        escape(read);
      } else if (isPlain(here())) {
        read.append(text.charAt(at++));
      } else {
        throw new MalformedValueException(
            "not JSON: a string that contains a control character or does not end");
      }
    }
    at++;
    return read.toString();
  }

  private void escape(StringBuilder read) throws MalformedValueException {
    at++;
    if (here() != 'u') {
      int known = ESCAPES.indexOf(here());
      if (known < 0) {
        throw new MalformedValueException("not JSON: an unknown escape");
      }
      at++;
      read.append(ESCAPED.charAt(known));
      return;
    }
    at++;
    char unit = unit();
    read.append(unit);
    if (Character.isSurrogate(unit)) {
      read.append(otherHalf(unit));
    }
  }

  private char otherHalf(char high) throws MalformedValueException {
    if (Character.isHighSurrogate(high) && text.startsWith("\\u", at)) {
      at += 2;
      char low = unit();
      if (Character.isLowSurrogate(low)) {
        return low;
      }
    }
    throw new MalformedValueException("not JSON: half a surrogate pair");
  }

  /** Reads four hexadecimal digits in ASCII; Character.digit alone accepts others. */
  private char unit() throws MalformedValueException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      char c = here();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new MalformedValueException("not JSON: an unknown escape");
      }
      unit = unit << 4 | digit;
      at++;
    }
    return (char) unit;
  }

  private char here() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c != '"' && c != '\\';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
