package dev.nexo.pairing.json;

import dev.nexo.pairing.companion.DeviceKey;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one JSON object (RFC 8259) from an untrusted source, more strictly than the RFC requires:
 * UTF-8 only (a byte order mark is ignored), no duplicate keys in an object (readers disagree on
 * which one is valid), a limited depth, and nothing after the object. Thread-safe.
 *
 * <p>The tree is built from the parser's events, because the parser's own object model neither
 * limits the depth nor names the duplicate key.
 */
public final class StrictJson {

  /** How many levels of objects and arrays a request may have. */
  public static final int MAX_DEPTH = 32;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final JsonProvider JSON = JsonProvider.provider();

  private final JsonParser parser;
  private final int maxDepth;

  private StrictJson(JsonParser parser, int maxDepth) {
    this.parser = parser;
    this.maxDepth = maxDepth;
  }

  /** Returns a builder of objects. Unlike {@code Json}, it does not search for a provider. */
  public static JsonObjectBuilder object() {
    return JSON.createObjectBuilder();
  }

  /** Returns a builder of objects that has the members of an object. */
  public static JsonObjectBuilder copy(JsonObject object) {
    return JSON.createObjectBuilder(object);
  }

  /** Returns a builder of arrays. */
  public static JsonArrayBuilder array() {
    return JSON.createArrayBuilder();
  }

  /**
   * Returns the device key in a JWK (RFC 8037, section 2). Ignores all other members.
   *
   * @throws dev.nexo.pairing.InvalidValueException if the object is not such a JWK
   */
  public static DeviceKey deviceKey(JsonObject jwk) {
    return DeviceKey.ofJwk(
        jwk.getString("kty", null), jwk.getString("crv", null), jwk.getString("x", null));
  }

  /**
   * Reads the bytes of one object, at most {@value #MAX_DEPTH} levels deep.
   *
   * @throws ProblemException 400 if they are not one JSON object in UTF-8
   */
  public static JsonObject parse(byte[] utf8) {
    return parse(decode(utf8), MAX_DEPTH);
  }

  /**
   * Reads the bytes of one object from the bus.
   *
   * @param maxDepth how many levels of objects and arrays it may have
   * @return empty if the bytes are not one JSON object in UTF-8
   */
  public static Optional<JsonObject> find(byte[] utf8, int maxDepth) {
    try {
      return Optional.of(parse(decode(utf8), maxDepth));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads the text of one object from a WebSocket frame.
   *
   * @param maxDepth how many levels of objects and arrays it may have
   * @return empty if the text is not one JSON object
   */
  public static Optional<JsonObject> find(String text, int maxDepth) {
    try {
      return Optional.of(parse(text, maxDepth));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads the text of one object.
   *
   * @param maxDepth how many levels of objects and arrays it may have
   * @throws ProblemException 400 if it is not one JSON object
   */
  private static JsonObject parse(String marked, int maxDepth) {
    // RFC 8259, section 8.1: a parser may ignore a byte order mark.
    String text = marked.startsWith(BYTE_ORDER_MARK) ? marked.substring(1) : marked;
    if (text.isBlank()) {
      throw malformed("it is empty");
    }
    try (JsonParser parser = JSON.createParser(new StringReader(text))) {
      if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
        throw malformed("it must be an object");
      }
      JsonObject object = new StrictJson(parser, maxDepth).readObject(1);
      if (parser.hasNext()) {
        throw malformed("unexpected characters after the end of the object");
      }
      return object;
    } catch (JsonParsingException e) {
      // The parser's own message is for developers; callers need the position.
      long line = e.getLocation().getLineNumber();
      throw malformed(
          "syntax error at "
              + (line > 1 ? "line " + line + ", " : "")
              + "column "
              + e.getLocation().getColumnNumber());
    } catch (JsonException
        | NoSuchElementException
        | ArithmeticException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw malformed("syntax error");
    }
  }

  private static String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("it must be valid UTF-8");
    }
  }

  private JsonObject readObject(int depth) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    Set<String> keys = new HashSet<>();
    while (parser.next() != JsonParser.Event.END_OBJECT) {
      String key = parser.getString();
      if (!keys.add(key)) {
        throw malformed("duplicate field \"" + key + "\"");
      }
      object.add(key, readValue(parser.next(), depth));
    }
    return object.build();
  }

  private JsonArray readArray(int depth) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (JsonParser.Event event = parser.next();
        event != JsonParser.Event.END_ARRAY;
        event = parser.next()) {
      array.add(readValue(event, depth));
    }
    return array.build();
  }

  private JsonValue readValue(JsonParser.Event event, int depth) {
    if (depth >= maxDepth && isStart(event)) {
      throw malformed("it must be at most " + maxDepth + " levels deep");
    }
    return switch (event) {
      case START_OBJECT -> readObject(depth + 1);
      case START_ARRAY -> readArray(depth + 1);
      case VALUE_NUMBER -> JSON.createValue(parser.getBigDecimal());
      case VALUE_STRING -> JSON.createValue(parser.getString());
      case VALUE_TRUE -> JsonValue.TRUE;
      case VALUE_FALSE -> JsonValue.FALSE;
      case VALUE_NULL -> JsonValue.NULL;
      case KEY_NAME, END_ARRAY, END_OBJECT -> throw malformed("syntax error");
    };
  }

  private static boolean isStart(JsonParser.Event event) {
    return event == JsonParser.Event.START_OBJECT || event == JsonParser.Event.START_ARRAY;
  }

  private static ProblemException malformed(String what) {
    return new ProblemException(ProblemType.BAD_REQUEST, "Invalid JSON: " + what + ".");
  }
}
