package dev.nexo.pairing.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The strings of a JSON object (RFC 8259), which is read as strictly as I-JSON (RFC 7493) demands:
 * valid UTF-8, no duplicate member at any depth, no half surrogate pair, nothing after the object.
 * No JSON library is used, because companions have only the JDK.
 */
final class FlatJson {

  /** The maximum depth of nested values, the object itself included. */
  static final int MAX_DEPTH = 16;

  /** The value of members that are neither strings nor null. */
  private static final Object OTHER = new Object();

  private final Map<String, Object> members;

  private FlatJson(Map<String, Object> members) {
    this.members = members;
  }

  /**
   * Reads an object.
   *
   * @throws MalformedValueException if the bytes are not such an object
   */
  static FlatJson read(byte[] utf8) throws MalformedValueException {
    JsonCursor cursor = new JsonCursor(text(utf8));
    Map<String, Object> members = object(cursor, 1);
    cursor.end();
    return new FlatJson(members);
  }

  /**
   * Returns the string of a member.
   *
   * @throws MalformedValueException if it is missing, null or not a string
   */
  String text(String name) throws MalformedValueException {
    String text = textOrNull(name);
    if (text == null) {
      throw new MalformedValueException(name + " is missing");
    }
    return text;
  }

  /**
   * Returns the string of a member, or null if it is missing or null.
   *
   * @throws MalformedValueException if it is not a string
   */
  String textOrNull(String name) throws MalformedValueException {
    Object value = members.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new MalformedValueException(name + " is not a string");
  }

  /** Encodes the result again to find invalid UTF-8, which is decoded to U+FFFD. */
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
        throw new MalformedValueException("not JSON: duplicate member");
      }
      members.put(name, value);
    } while (cursor.takes(','));
    cursor.expect('}');
    return members;
  }

  private static Object value(JsonCursor cursor, int depth) throws MalformedValueException {
    if (depth > MAX_DEPTH) {
      throw new MalformedValueException("JSON nested too deeply");
    }
    switch (cursor.peek()) {
      case '"' -> {
        return cursor.string();
      }
      case 'n' -> {
        cursor.literal("null");
        return null;
      }
      case '{' -> object(cursor, depth + 1);
      case '[' -> array(cursor, depth + 1);
      case 't' -> cursor.literal("true");
      case 'f' -> cursor.literal("false");
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
