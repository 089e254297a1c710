package dev.nexo.pairing.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One JSON object whose texts are of interest (RFC 8259), read as strictly as I-JSON asks (RFC
 * 7493): UTF-8 that is well-formed, no member twice at any depth, no half surrogate pairs, nothing
 * behind the object. Own code, because companions have nothing but the JDK.
 */
final class FlatJson {

  /** How deep values may lie in one another, the object itself counted. */
  static final int MAX_DEPTH = 16;

  /** Stands for values that are neither texts nor null. */
  private static final Object OTHER = new Object();

  private final Map<String, Object> members;

  private FlatJson(Map<String, Object> members) {
    this.members = members;
  }

  /**
   * Reads an object.
   *
   * @throws MalformedValueException where the bytes are anything else
   */
  static FlatJson read(byte[] utf8) throws MalformedValueException {
    JsonCursor cursor = new JsonCursor(text(utf8));
    Map<String, Object> members = object(cursor, 1);
    cursor.end();
    return new FlatJson(members);
  }

  /**
   * The text of a member.
   *
   * @throws MalformedValueException where it is missing, or no text
   */
  String text(String name) throws MalformedValueException {
    String text = textOrNull(name);
    if (text == null) {
      throw new MalformedValueException(name + " is missing");
    }
    return text;
  }

  /**
   * The text of a member that may be missing or null, and is null then.
   *
   * @throws MalformedValueException where it is no text
   */
  String textOrNull(String name) throws MalformedValueException {
    Object value = members.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new MalformedValueException(name + " is no text");
  }

  /** Writing it again tells: what is no UTF-8 is read as U+FFFD, which is written otherwise. */
  private static String text(byte[] utf8) throws MalformedValueException {
    String text = new String(utf8, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
      throw new MalformedValueException("not UTF-8");
    }
    return text;
  }

  private static Map<String, Object> object(JsonCursor cursor, int depth)
      throws MalformedValueException {
    cursor.expect('{');
    Map<String, Object> members = new HashMap<>();
    if (cursor.takes('}')) {
      return members;
    }
    do {
      String name = cursor.string();
      cursor.expect(':');
      Object value = value(cursor, depth);
      if (members.containsKey(name)) {
        throw new MalformedValueException("not JSON: a member twice");
      }
      members.put(name, value);
    } while (cursor.takes(','));
    cursor.expect('}');
    return members;
  }

  private static Object value(JsonCursor cursor, int depth) throws MalformedValueException {
    if (depth > MAX_DEPTH) {
      throw new MalformedValueException("JSON that is too deep");
    }
    switch (cursor.peek()) {
      case '"' -> {
        return cursor.string();
      }
      case 'n' -> {
        cursor.word("null");
        return null;
      }
      case '{' -> object(cursor, depth + 1);
      case '[' -> array(cursor, depth + 1);
      case 't' -> cursor.word("true");
      case 'f' -> cursor.word("false");
      default -> cursor.number();
    }
    return OTHER;
  }

  private static void array(JsonCursor cursor, int depth) throws MalformedValueException {
    cursor.expect('[');
    if (cursor.takes(']')) {
      return;
    }
    do {
      value(cursor, depth);
    } while (cursor.takes(','));
    cursor.expect(']');
  }
}
