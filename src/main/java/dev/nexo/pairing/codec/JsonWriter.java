package dev.nexo.pairing.codec;

import dev.nexo.pairing.InvalidValueException;
import java.nio.charset.StandardCharsets;

/**
 * Writes one JSON object of texts, member by member, without white space (RFC 8259). Only what has
 * to be escaped is, as Nexo does it. Not thread-safe.
 */
final class JsonWriter {

  private static final int USUAL_LENGTH = 256;
  private static final String ESCAPED = "\b\t\n\f\r\"\\";
  private static final String ESCAPES = "btnfr\"\\";
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder json = new StringBuilder(USUAL_LENGTH).append('{');

  /**
   * Adds a member.
   *
   * @param name in letters and underscores
   * @throws InvalidValueException naming the member where its text has half a surrogate pair, which
   *     UTF-8 cannot write, or is null
   */
  JsonWriter member(String name, String text) {
    if (text == null) {
      throw new InvalidValueException(name, "is missing");
    }
    if (json.length() > 1) {
      json.append(',');
    }
    json.append('"').append(name).append("\":\"");
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        json.append(text, written, i);
        escape(c);
        written = i + 1;
      } else if (Character.isSurrogate(c)) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          throw new InvalidValueException(name, "must not have half a surrogate pair");
        }
        i++;
      }
    }
    json.append(text, written, text.length()).append('"');
    return this;
  }

  /** The whole object, UTF-8. */
  byte[] utf8() {
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void escape(char c) {
    int known = ESCAPED.indexOf(c);
    if (known >= 0) {
      json.append('\\').append(ESCAPES.charAt(known));
    } else {
      json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
    }
  }
}
