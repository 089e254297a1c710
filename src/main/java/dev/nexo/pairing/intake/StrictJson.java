package dev.nexo.pairing.intake;

import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Reads JSON of strangers: UTF-8 only, an object, no key twice. Thread-safe. */
final class StrictJson {

  private final JsonReaderFactory readers =
      JsonProvider.provider()
          .createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  /**
   * Reads an object.
   *
   * @throws MalformedException where the bytes are anything else
   */
  JsonObject object(byte[] body) {
    try (JsonReader reader = readers.createReader(new StringReader(utf8(body)))) {
      return reader.readObject();
    } catch (CharacterCodingException e) {
      throw new MalformedException("The body is not UTF-8", List.of());
    } catch (RuntimeException e) {
      // What a parser throws differs by implementation, and repeats what it was given.
      throw new MalformedException("The body is not a JSON object", List.of());
    }
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
