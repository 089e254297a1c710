package dev.nexo.pairing.cli.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** Making and reading JSON; answers are taken for what they are, never for what they should be. */
public final class Json {

  /** Looked up once: every look-up searches the class path. Thread-safe. */
  public static final JsonProvider PROVIDER = JsonProvider.provider();

  private Json() {}

  /** A new object. */
  public static JsonObjectBuilder object() {
    return PROVIDER.createObjectBuilder();
  }

  /** Adds a text unless it is null. */
  public static void add(JsonObjectBuilder json, String name, String value) {
    if (value != null) {
      json.add(name, value);
    }
  }

  /**
   * Reads the object that these bytes begin with, UTF-8.
   *
   * @throws JsonException where it is none, or nested too deeply
   */
  public static JsonObject read(byte[] bytes) {
    StringReader text = new StringReader(new String(bytes, StandardCharsets.UTF_8));
    try (JsonReader reader = PROVIDER.createReader(text)) {
      return reader.readObject();
    } catch (JsonException | IllegalStateException e) {
      throw new JsonException("This is no JSON object", e);
    } catch (RuntimeException e) {
      // What the parser throws at its limit on depth.
      throw new JsonException("This is nested too deeply", e);
    }
  }

  /** The text of that name, or null where there is none. */
  public static String text(JsonObject json, String name) {
    return json.get(name) instanceof JsonString text ? text.getString() : null;
  }

  /** The list of that name; empty where there is none. */
  public static JsonArray array(JsonObject json, String name) {
    return json.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
  }
}
