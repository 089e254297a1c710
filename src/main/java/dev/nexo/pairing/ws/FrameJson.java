package dev.nexo.pairing.ws;

import dev.nexo.pairing.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads and writes the JSON of text frames: exactly one object (RFC 8259), no duplicate keys, at
 * most {@value #MAX_DEPTH} levels. Thread-safe.
 */
final class FrameJson {

  /** How many levels of objects and arrays may be nested. */
  static final int MAX_DEPTH = 16;

  /** The value of a member whose type the protocol does not use: a number or an array. */
  static final Object OTHER = new Object();

  private FrameJson() {}

  /**
   * Returns the members of an object: strings, booleans, maps for objects, and {@link #OTHER}.
   * Omits members that are null, as the HTTP API does: many libraries write absent values as null.
   *
   * @throws MalformedFrameException if the text is not one such object
   */
  static Map<String, Object> read(String text) {
    return StrictJson.find(text, MAX_DEPTH)
        .map(FrameJson::members)
        .orElseThrow(
            () ->
                new MalformedFrameException(
                    "it must be one JSON object without duplicate keys, at most "
                        + MAX_DEPTH
                        + " levels deep"));
  }

  /** Returns an object with one member. */
  static String write(String key, String value) {
    return StrictJson.object().add(key, value).build().toString();
  }

  private static Map<String, Object> members(JsonObject object) {
    Map<String, Object> members = new HashMap<>();
    object.forEach(
        (key, value) -> {
          if (value != JsonValue.NULL) {
            members.put(key, value(value));
          }
        });
    return members;
  }

  private static Object value(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> ((JsonString) value).getString();
      case TRUE -> true;
      case FALSE -> false;
      case OBJECT -> members(value.asJsonObject());
      case NUMBER, ARRAY, NULL -> OTHER;
    };
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
