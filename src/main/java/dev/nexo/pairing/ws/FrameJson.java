package dev.nexo.pairing.ws;

import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/**
 * Reads and writes the JSON of text frames: exactly one object (RFC 8259), no duplicate keys, at
 * most {@value #MAX_DEPTH} levels. A member that is null is treated as missing, as in the HTTP API:
 * many libraries write absent values as null. Thread-safe.
 */
final class FrameJson {

  /** How many levels of objects and arrays may be nested. */
  static final int MAX_DEPTH = 16;

  private FrameJson() {}

  /**
   * Returns the object of a frame.
   *
   * @throws MalformedFrameException if the text is not one such object
   */
  static JsonObject read(String text) {
    return StrictJson.find(text, MAX_DEPTH)
        .orElseThrow(
            () ->
                new MalformedFrameException(
                    "it must be one JSON object without duplicate keys, at most "
                        + MAX_DEPTH
                        + " levels deep"));
  }

  /**
   * Returns a required string member.
   *
   * @throws MalformedFrameException if the member is missing or is not a string
   */
  static String string(JsonObject frame, String name) {
    JsonValue value = frame.getOrDefault(name, JsonValue.NULL);
    if (value instanceof JsonString string) {
      return string.getString();
    }
    throw new MalformedFrameException(
        name + (value == JsonValue.NULL ? " is required" : " must be a string"));
  }

  /** Returns whether a member is present. */
  static boolean has(JsonObject frame, String name) {
    return frame.getOrDefault(name, JsonValue.NULL) != JsonValue.NULL;
  }

  /** Returns the answer to a companion that connects again: its session's id and expiry. */
  static String session(PairingSession session) {
    return StrictJson.object()
        .add("session_id", session.sessionId())
        .add("expires_at", session.expiresAt().toString())
        .build()
        .toString();
  }

  /** Returns an object with one member. */
  static String write(String key, String value) {
    return StrictJson.object().add(key, value).build().toString();
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
