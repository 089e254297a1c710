package dev.nexo.pairing.outbox;

import dev.nexo.pairing.spi.Reply.Button;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/**
 * A message to an owner.
 *
 * @param text the text, in the markup of the channel
 * @param buttons rows of buttons; none for most messages
 * @param accountNamed whether it is sent under the account's name
 */
public record ChatPayload(String text, List<List<Button>> buttons, boolean accountNamed) {

  // Kept, because the static methods of Json use the service loader at every call.
  private static final JsonProvider JSON = JsonProvider.provider();

  /** Returns the message as the payload of a row in the outbox. */
  public JsonObjectBuilder json() {
    JsonArrayBuilder rows = JSON.createArrayBuilder();
    for (List<Button> line : buttons) {
      JsonArrayBuilder row = JSON.createArrayBuilder();
      for (Button button : line) {
        row.add(JSON.createObjectBuilder().add("label", button.label()).add("data", button.data()));
      }
      rows.add(row);
    }
    JsonObjectBuilder json = JSON.createObjectBuilder().add("text", text);
    return json.add("buttons", rows).add("account_named", accountNamed);
  }

  /**
   * Reads a payload.
   *
   * @throws jakarta.json.JsonException if it is no JSON
   * @throws RuntimeException if a field is missing
   */
  static ChatPayload read(String payload) {
    JsonObject json = JSON.createReader(new StringReader(payload)).readObject();
    List<List<Button>> rows = new ArrayList<>();
    for (JsonValue line : json.getJsonArray("buttons")) {
      rows.add(row(line.asJsonArray()));
    }
    return new ChatPayload(json.getString("text"), rows, json.getBoolean("account_named"));
  }

  private static List<Button> row(JsonArray line) {
    return line.getValuesAs(
        value -> {
          JsonObject button = value.asJsonObject();
          return new Button(button.getString("label"), button.getString("data"));
        });
  }
}
