package dev.nexo.pairing.http.request;

import dev.nexo.pairing.http.problem.ProblemException;
import dev.nexo.pairing.http.problem.ProblemType;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads one JSON object as RFC 8259 has it, and more strictly where that leaves room: UTF-8 and
 * nothing else, no key twice in an object (readers disagree on which one counts), {@value
 * #MAX_DEPTH} levels at most. Thread-safe.
 *
 * <p>The tree is built here from the parser's events, because the parser's own object model neither
 * bounds depth to our taste nor names the key that came twice.
 */
public final class StrictJson {

  /** The longest body, in bytes (contract: {@code API.md}, preamble). */
  public static final int MAX_BODY = 1 << 20;

  /** How deep objects and arrays may lie in one another. */
  static final int MAX_DEPTH = 32;

  private static final JsonProvider JSON = JsonProvider.provider();

  private StrictJson() {}

  /** A builder of objects; unlike that of {@code Json} it costs no search for a provider. */
  public static JsonObjectBuilder object() {
    return JSON.createObjectBuilder();
  }

  /** A builder of arrays. */
  public static JsonArrayBuilder array() {
    return JSON.createArrayBuilder();
  }

  /**
   * Reads a whole body, which has to be one object.
   *
   * @throws ProblemException 413 where it is longer than {@value #MAX_BODY} bytes, 400 where it is
   *     no JSON object
   */
  public static JsonObject body(InputStream in) {
    return parse(bounded(in));
  }

  /** The same, but a body that is not there at all counts as an empty object. */
  public static JsonObject optionalBody(InputStream in) {
    byte[] bytes = bounded(in);
    return bytes.length == 0 ? JsonValue.EMPTY_JSON_OBJECT : parse(bytes);
  }

  private static byte[] bounded(InputStream in) {
    byte[] bytes;
    try {
      bytes = in.readNBytes(MAX_BODY + 1);
    } catch (IOException e) {
      // The caller hung up, or sent chunks that are malformed: nothing that the log needs.
      throw malformed("it ended early, or its chunks are malformed");
    }
    if (bytes.length > MAX_BODY) {
      throw new ProblemException(
          ProblemType.TOO_LARGE, "A body may have 1 MiB; send more than that in several requests.");
    }
    return bytes;
  }

  /**
   * Reads the bytes of one object.
   *
   * @throws ProblemException 400 where they are no JSON object
   */
  public static JsonObject parse(byte[] utf8) {
    try (JsonParser parser = JSON.createParser(new StringReader(decode(utf8)))) {
      if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
        throw malformed("the body has to be a JSON object");
      }
      JsonObject object = readObject(parser, 1);
      if (parser.hasNext()) {
        throw malformed("there is more behind the object's end");
      }
      return object;
    } catch (JsonParsingException e) {
      // Its message is the parser's own language; the place is what helps.
      long line = e.getLocation().getLineNumber();
      throw malformed(
          "it is no JSON at "
              + (line > 1 ? "line " + line + ", " : "")
              + "column "
              + e.getLocation().getColumnNumber());
    } catch (JsonException
        | NoSuchElementException
        | ArithmeticException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw malformed("it is no JSON");
    }
  }

  private static String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("it is not UTF-8");
    }
  }

  private static JsonObject readObject(JsonParser parser, int depth) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    Set<String> keys = new HashSet<>();
    while (parser.next() != JsonParser.Event.END_OBJECT) {
      String key = parser.getString();
      if (!keys.add(key)) {
        throw malformed("the field \"" + key + "\" stands in it twice");
      }
      object.add(key, readValue(parser, parser.next(), depth));
    }
    return object.build();
  }

  private static JsonArray readArray(JsonParser parser, int depth) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (JsonParser.Event event = parser.next();
        event != JsonParser.Event.END_ARRAY;
        event = parser.next()) {
      array.add(readValue(parser, event, depth));
    }
    return array.build();
  }

  private static JsonValue readValue(JsonParser parser, JsonParser.Event event, int depth) {
    if (depth >= MAX_DEPTH && (isStart(event))) {
      throw malformed("it lies more than " + MAX_DEPTH + " levels deep");
    }
    return switch (event) {
      case START_OBJECT -> readObject(parser, depth + 1);
      case START_ARRAY -> readArray(parser, depth + 1);
      case VALUE_NUMBER -> JSON.createValue(parser.getBigDecimal());
      case VALUE_STRING -> JSON.createValue(parser.getString());
      case VALUE_TRUE -> JsonValue.TRUE;
      case VALUE_FALSE -> JsonValue.FALSE;
      case VALUE_NULL -> JsonValue.NULL;
      case KEY_NAME, END_ARRAY, END_OBJECT -> throw malformed("it is no JSON");
    };
  }

  private static boolean isStart(JsonParser.Event event) {
    return event == JsonParser.Event.START_OBJECT || event == JsonParser.Event.START_ARRAY;
  }

  private static ProblemException malformed(String what) {
    return new ProblemException(ProblemType.BAD_REQUEST, "The body cannot be read: " + what + ".");
  }
}
