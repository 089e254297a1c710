package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * The result of one check.
 *
 * @param check the check's name
 * @param level {@value #OK}, {@value #WARNING} or {@value #FAULT}; anything else is a fault
 * @param id the id of the message, such as {@code NXP-1001}, or null if the result has none
 * @param text what was found
 * @param remedy what to do, or null
 */
record CheckRow(String check, String level, String id, String text, String remedy) {

  static final String OK = "ok";
  static final String WARNING = "warning";
  static final String FAULT = "fault";

  /** Creates the result of a check on this machine, which has no id. */
  CheckRow(String check, String level, String text, String remedy) {
    this(check, level, null, text, remedy);
  }

  /** Reads the result of a check on the server; a missing level is a fault. */
  static CheckRow of(JsonObject json) {
    return new CheckRow(
        json.getString("check", "server"),
        json.getString("level", FAULT),
        Json.text(json, "id"),
        json.getString("text", "no details"),
        Json.text(json, "remedy"));
  }

  boolean isFault() {
    return !level.equals(OK) && !level.equals(WARNING);
  }

  JsonObject json() {
    JsonObjectBuilder json = Json.object().add("check", check).add("level", level);
    Json.add(json, "id", id);
    json.add("text", text);
    Json.add(json, "remedy", remedy);
    return json.build();
  }
}
