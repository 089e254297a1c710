package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.BiConsumer;

/** Lists of senders in JSON, as most systems keep them. */
final class JsonSenderLists {

  private JsonSenderLists() {}

  /** The object of that name; empty where there is none. */
  static JsonObject object(JsonObject json, String name) {
    return json.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }

  /**
   * Takes each entry of a list as text. Ids are numbers to people who type them; anything else is
   * refused.
   *
   * @param taker gets the entry's place and the entry
   */
  static void each(
      String where,
      List<JsonValue> list,
      SourceContents findings,
      BiConsumer<String, String> taker) {
    int entry = 0;
    for (JsonValue value : list) {
      entry++;
      String place = where + " entry " + entry;
      if (value instanceof JsonString text) {
        taker.accept(place, text.getString());
      } else if (value instanceof JsonNumber number && number.isIntegral()) {
        taker.accept(place, number.toString());
      } else {
        findings.refuse(place, value.toString(), "it is no text");
      }
    }
  }

  /** The list of the first of these names that is there; null where none is. */
  static List<JsonValue> first(JsonObject json, String... names) {
    for (String name : names) {
      if (json.containsKey(name)) {
        return Json.array(json, name);
      }
    }
    return null;
  }
}
