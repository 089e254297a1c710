package dev.nexo.pairing.ws;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes the JSON of text frames: exactly one object (RFC 8259), no duplicate keys, at
 * most {@value #MAX_DEPTH} levels. Thread-safe.
 *
 * <p>It reads parser events, because a reader of whole objects ignores what follows the object and
 * does not limit the depth.
 */
final class FrameJson {

  /** How many levels of objects and arrays may be nested. */
  static final int MAX_DEPTH = 16;

  /** The value of a member whose type the protocol does not use: a number, an array or null. */
  static final Object OTHER = new Object();

  private static final JsonProvider JSON = JsonProvider.provider();

  private FrameJson() {}

  /**
   * Returns the members of an object: strings, booleans, maps for objects, and {@link #OTHER}.
   * Omits members that are null, as the HTTP API does: many libraries write absent values as null.
   *
   * @throws MalformedFrameException if the text is not one such object
   */
  static Map<String, Object> read(String text) {
    try (JsonParser parser = JSON.createParser(new StringReader(text))) {
      if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
        throw new MalformedFrameException("it is no JSON object");
      }
      Map<String, Object> members = object(parser, 1);
      if (parser.hasNext()) {
        throw new MalformedFrameException("there is more behind the object's end");
      }
      return members;
    } catch (MalformedFrameException e) {
      throw e;
    } catch (RuntimeException e) {
      // Exceptions differ between parsers, and their messages repeat the input.
      throw new MalformedFrameException("it is no JSON object");
    }
  }

  /** Returns an object with one member. */
  static String write(String key, String value) {
    return JSON.createObjectBuilder().add(key, value).build().toString();
  }

  private static Map<String, Object> object(JsonParser parser, int depth) {
    Map<String, Object> members = new HashMap<>();
    Set<String> keys = new HashSet<>();
    while (parser.next() != JsonParser.Event.END_OBJECT) {
      String key = parser.getString();
      if (!keys.add(key)) {
        throw new MalformedFrameException("a key stands in it twice");
      }
      JsonParser.Event event = parser.next();
      if (event != JsonParser.Event.VALUE_NULL) {
        members.put(key, value(parser, event, depth));
      }
    }
    return members;
  }

  private static Object array(JsonParser parser, int depth) {
    for (JsonParser.Event event = parser.next();
        event != JsonParser.Event.END_ARRAY;
        event = parser.next()) {
      value(parser, event, depth);
    }
    return OTHER;
  }

  private static Object value(JsonParser parser, JsonParser.Event event, int depth) {
    return switch (event) {
      case START_OBJECT -> object(parser, deeper(depth));
      case START_ARRAY -> array(parser, deeper(depth));
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER, VALUE_NULL -> OTHER;
      case KEY_NAME, END_ARRAY, END_OBJECT ->
          throw new MalformedFrameException("it is no JSON object");
    };
  }

  private static int deeper(int depth) {
    if (depth >= MAX_DEPTH) {
      throw new MalformedFrameException("it lies more than " + MAX_DEPTH + " levels deep");
    }
    return depth + 1;
  }

  /**
   * Thrown if a frame is not one that the protocol defines. The message repeats nothing of the
   * frame.
   */
  static final class MalformedFrameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedFrameException(String why) {
      super(why);
    }
  }
}
