package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes JSON, and reads JSON without trusting its shape. */
public final class Json {

  /** Loaded once, because every lookup searches the class path. Thread-safe. */
  public static final JsonProvider PROVIDER = JsonProvider.provider();

  /** What JSON need not escape, and a terminal obeys: C1 controls, line breaks, directions. */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

  private Json() {}

  /** Returns a new object builder. */
  public static JsonObjectBuilder object() {
    return PROVIDER.createObjectBuilder();
  }

  /** Returns a new object builder that contains the members of an object. */
  public static JsonObjectBuilder object(JsonObject members) {
    return PROVIDER.createObjectBuilder(members);
  }

  /** Adds a member unless its value is null. */
  public static void add(JsonObjectBuilder json, String name, String value) {
    if (value != null) {
      json.add(name, value);
    }
  }

  /** Parses the object at the start of bytes in UTF-8; empty if there is none. */
  public static Optional<JsonObject> read(byte[] bytes) {
    return read(new String(bytes, StandardCharsets.UTF_8));
  }

  /** Parses the object at the start of a string; empty if there is none, or it is too deep. */
  public static Optional<JsonObject> read(String text) {
    try (JsonReader reader = PROVIDER.createReader(new StringReader(text))) {
      return Optional.of(reader.readObject());
    } catch (RuntimeException e) {
      // The parser throws several types: not JSON, not an object, nested too deeply.
      return Optional.empty();
    }
  }

  /** Returns a value as JSON in which the characters that control a terminal are escaped. */
  public static String line(JsonValue value) {
    return CONTROLS
        .matcher(value.toString())
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }

  /** Returns the string of a member, or null. */
  public static String text(JsonObject json, String name) {
    return json.get(name) instanceof JsonString text ? text.getString() : null;
  }

  /**
   * Returns a warning of a response as a line for a terminal, with the sender that it is about in
   * front.
   */
  public static String warning(JsonObject warning) {
    String sender = text(warning, "sender_id");
    String sentence = warning.getString("text", "");
    return TerminalText.of(sender == null ? sentence : sender + ": " + sentence);
  }

  /** Returns the array of a member, or an empty array. */
  public static JsonArray array(JsonObject json, String name) {
    return json.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
  }

  /** Returns the object of a member, or an empty object. */
  public static JsonObject object(JsonObject json, String name) {
    return json.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }
}
