package dev.nexo.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The contract's test vectors, made by an independent program: from {@code ../shared/vectors} where
 * that is present, else from the copy in this repository. Where both are there they have to be
 * equal.
 */
public final class Vectors {

  private static final Path SHARED = Path.of("..", "shared", "vectors");

  private Vectors() {}

  /** The bytes of a vector file. */
  public static byte[] bytes(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      byte[] copy = in.readAllBytes();
      Path original = SHARED.resolve(name);
      if (Files.exists(original)) {
        assertThat(copy)
            .as("the copy of the vector %s", name)
            .isEqualTo(Files.readAllBytes(original));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A vector file read as JSON. */
  public static JsonStructure json(String name) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes(name)))) {
      return reader.read();
    }
  }
}
