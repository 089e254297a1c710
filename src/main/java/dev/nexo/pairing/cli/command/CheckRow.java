package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * The result of one check.
 *
 * @param check the check's name
 * @param level {@value #OK}, {@value #WARNING} or {@value #FAULT}; anything else is a fault
 * @param text what was found
 * @param remedy what to do, or null
 */
record CheckRow(String check, String level, String text, String remedy) {

  static final String OK = "ok";
  static final String WARNING = "warning";
  static final String FAULT = "fault";

  /** A check of the server's; a missing level is a fault. */
  static CheckRow of(JsonObject json) {
    return new CheckRow(
        json.getString("check", "server"),
        json.getString("level", FAULT),
        json.getString("text", "nothing was said"),
        Json.text(json, "remedy"));
  }

  boolean isFault() {
    return !level.equals(OK) && !level.equals(WARNING);
  }

  JsonObject json() {
    JsonObjectBuilder json =
        Json.object().add("check", check).add("level", level).add("text", text);
    Json.add(json, "remedy", remedy);
    return json.build();
  }
}
