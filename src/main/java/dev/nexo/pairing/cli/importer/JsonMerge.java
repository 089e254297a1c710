package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Merges values as OpenClaw merges the files that a configuration includes. Stateless. */
final class JsonMerge {

  private JsonMerge() {}

  /** Returns two objects merged, two lists joined, or else the second value. */
  static JsonValue merge(JsonValue first, JsonValue second) {
    if (first instanceof JsonArray list && second instanceof JsonArray more) {
      JsonArrayBuilder joined = Json.PROVIDER.createArrayBuilder();
      list.forEach(joined::add);
      more.forEach(joined::add);
      return joined.build();
    }
    if (first instanceof JsonObject base && second instanceof JsonObject over) {
      Map<String, JsonValue> merged = new LinkedHashMap<>(base);
      over.forEach((key, value) -> merged.merge(key, value, JsonMerge::merge));
      return object(merged);
    }
    return second;
  }

  /** Returns an object with the members of a map. */
  static JsonObject object(Map<String, JsonValue> members) {
    JsonObjectBuilder object = Json.object();
    members.forEach(object::add);
    return object.build();
  }
}
