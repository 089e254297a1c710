package dev.nexo.pairing.codec;

/**
 * Reads JSON's smallest parts one after the other (RFC 8259): strings, numbers, words, punctuation
 * and the white space around them. Not thread-safe.
 */
final class JsonCursor {

  /** What {@link #peek} gives at the end of the text; in JSON it stands nowhere. */
  static final char END = '\0';

  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";

  private final String text;
  private int at;

  JsonCursor(String text) {
    this.text = text;
  }

  /** The next character that is no white space, without going past it. */
  char peek() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return here();
  }

  /** Goes past this character where it is next. */
  boolean takes(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /**
   * Goes past this character.
   *
   * @throws MalformedValueException where it is not next
   */
  void expect(char wanted) throws MalformedValueException {
    if (!takes(wanted)) {
      throw new MalformedValueException("not JSON: " + wanted + " is missing");
    }
  }

  /**
   * Goes past the end.
   *
   * @throws MalformedValueException where there is more than white space before it
   */
  void end() throws MalformedValueException {
    peek();
    if (at < text.length()) {
      throw new MalformedValueException("not JSON: more behind the object");
    }
  }

  /**
   * Goes past {@code true}, {@code false} or {@code null}.
   *
   * @throws MalformedValueException where it is not next
   */
  void word(String word) throws MalformedValueException {
    if (!text.startsWith(word, at)) {
      throw new MalformedValueException("not JSON: no value");
    }
    at += word.length();
  }

  /**
   * Goes past a number (section 6).
   *
   * @throws MalformedValueException where none is next
   */
  void number() throws MalformedValueException {
    skip('-', '-');
    if (!skip('0', '0')) {
      digits();
    }
    if (skip('.', '.')) {
      digits();
    }
    if (skip('e', 'E')) {
      if (!skip('+', '+')) {
        skip('-', '-');
      }
      digits();
    }
  }

  /**
   * Reads a string (section 7).
   *
   * @throws MalformedValueException where none is next, or it has a control character, an escape
   *     that JSON does not know or half a surrogate pair
   */
  String string() throws MalformedValueException {
    expect('"');
    int start = at;
    while (isPlain(here())) {
      at++;
    }
    if (here() == '"') {
      return text.substring(start, at++);
    }
    StringBuilder read = new StringBuilder().append(text, start, at);
    while (here() != '"') {
      if (here() == '\\') {
        escape(read);
      } else if (isPlain(here())) {
        read.append(text.charAt(at++));
      } else {
        throw new MalformedValueException("not JSON: a string with a control character, or no end");
      }
    }
    at++;
    return read.toString();
  }

  private void escape(StringBuilder read) throws MalformedValueException {
    at++;
    if (!skip('u', 'u')) {
      int known = ESCAPES.indexOf(here());
      if (known < 0) {
        throw new MalformedValueException("not JSON: an unknown escape");
      }
      at++;
      read.append(ESCAPED.charAt(known));
      return;
    }
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

  /** Four hexadecimal digits, ASCII only: Character.digit takes others, too. */
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

  private void digits() throws MalformedValueException {
    int start = at;
    while (here() >= '0' && here() <= '9') {
      at++;
    }
    if (at == start) {
      throw new MalformedValueException("not JSON: no value");
    }
  }

  private boolean skip(char one, char other) {
    if (here() != one && here() != other) {
      return false;
    }
    at++;
    return true;
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
