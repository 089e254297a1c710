package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * One thing that the doctor looked at.
 *
 * @param check what, in a word
 * @param level {@value #OK}, {@value #WARNING} or {@value #FAULT}; anything else counts as a fault
 * @param text what was found
 * @param remedy what to do, or null
 */
record CheckRow(String check, String level, String text, String remedy) {

  static final String OK = "ok";
  static final String WARNING = "warning";
  static final String FAULT = "fault";

  /** What the server says; what it leaves out is a fault of its own. */
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
