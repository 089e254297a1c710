package dev.nexo.pairing.codec;

import dev.nexo.pairing.InvalidValueException;

/**
 * Escapes strings for JSON (RFC 8259, section 7), and only the characters that must be escaped, as
 * Nexo does. Thread-safe.
 */
final class JsonText {

  private static final String ESCAPED = "\b\t\n\f\r\"\\";
  private static final String ESCAPES = "btnfr\"\\";
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /**
   * Escapes a string.
   *
   * @param name the name of the value, for the exception
   * @throws InvalidValueException if the string is null, or has an unpaired surrogate, which UTF-8
   *     cannot encode
   */
  static String escaped(String name, String text) {
    if (text == null) {
      throw new InvalidValueException(name, "is required");
    }
    // Issuing is measured against a bare HMAC, and most strings need no copy.
    return isPlain(text) ? text : copy(name, text);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (mustBeEscaped(c) || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean mustBeEscaped(char c) {
    return c < ' ' || c == '"' || c == '\\';
  }

  private static String copy(String name, String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (mustBeEscaped(c)) {
        int known = ESCAPED.indexOf(c);
        if (known >= 0) {
          escaped.append('\\').append(ESCAPES.charAt(known));
        } else {
          escaped.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
        }
      } else if (Character.isSurrogate(c)) {
        int pair = text.codePointAt(i++);
        if (!Character.isSupplementaryCodePoint(pair)) {
          throw new InvalidValueException(name, "must not contain an unpaired surrogate");
        }
        escaped.appendCodePoint(pair);
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
