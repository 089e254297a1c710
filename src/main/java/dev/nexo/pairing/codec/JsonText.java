package dev.nexo.pairing.codec;

import dev.nexo.pairing.InvalidValueException;

/**
 * Texts as they stand between the quotation marks of a JSON string (RFC 8259, section 7). Only what
 * has to be escaped is, as Nexo does it. Thread-safe.
 */
final class JsonText {

  private static final String ESCAPED = "\b\t\n\f\r\"\\";
  private static final String ESCAPES = "btnfr\"\\";
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /**
   * Escapes a text; the same instance where there is nothing to escape.
   *
   * @param name what it is, for the exception
   * @throws InvalidValueException where it is null, or has half a surrogate pair, which UTF-8
   *     cannot write
   */
  static String escaped(String name, String text) {
    if (text == null) {
      throw new InvalidValueException(name, "is missing");
    }
    int plain = plain(name, text, 0);
    if (plain == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, plain);
    while (plain < text.length()) {
      escape(text.charAt(plain), escaped);
      int next = plain(name, text, plain + 1);
      escaped.append(text, plain + 1, next);
      plain = next;
    }
    return escaped.toString();
  }

  /** Where the first character from here on is that has to be escaped, or the end. */
  private static int plain(String name, String text, int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return i;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          throw new InvalidValueException(name, "must not have half a surrogate pair");
        }
        i++;
      }
      i++;
    }
    return i;
  }

  private static void escape(char c, StringBuilder escaped) {
    int known = ESCAPED.indexOf(c);
    if (known >= 0) {
      escaped.append('\\').append(ESCAPES.charAt(known));
    } else {
      escaped.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
    }
  }
}
