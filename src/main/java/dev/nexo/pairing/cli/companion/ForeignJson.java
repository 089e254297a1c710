package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObject;
import java.util.Optional;

/** JSON objects that others wrote. */
final class ForeignJson {

  private ForeignJson() {}

  /** The object, or nothing where it is none: a parser throws of more than one kind at those. */
  static Optional<JsonObject> read(byte[] bytes) {
    try {
      return Optional.of(Json.read(bytes));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
