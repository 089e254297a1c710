package dev.nexo.pairing.broker;

import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what strangers sent (RFC 8259): UTF-8 only, one object and nothing behind it, no key twice.
 * Thread-safe.
 */
public final class BusJson {

  private final JsonReaderFactory readers =
      JsonProvider.provider()
          .createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));
  private final JsonParserFactory parsers = JsonProvider.provider().createParserFactory(Map.of());

  /** The object, or empty where the bytes are anything else. */
  public Optional<JsonObject> object(byte[] body) {
    try {
      String text = utf8(body);
      return isOneObject(text) ? Optional.of(read(text)) : Optional.empty();
    } catch (CharacterCodingException | RuntimeException | StackOverflowError e) {
      // What a parser throws differs by implementation, and repeats what it was given.
      return Optional.empty();
    }
  }

  /**
   * A reader stops at the end of the object and does not look behind it. Event by event: Parsson's
   * own skipObject() never comes back from an object that is not closed.
   */
  private boolean isOneObject(String text) {
    try (JsonParser parser = parsers.createParser(new StringReader(text))) {
      if (parser.next() != JsonParser.Event.START_OBJECT) {
        return false;
      }
      int depth = 1;
      while (depth > 0) {
        switch (parser.next()) {
          case START_OBJECT, START_ARRAY -> depth++;
          case END_OBJECT, END_ARRAY -> depth--;
          default -> {}
        }
      }
      return !parser.hasNext();
    }
  }

  private JsonObject read(String text) {
    try (JsonReader reader = readers.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
