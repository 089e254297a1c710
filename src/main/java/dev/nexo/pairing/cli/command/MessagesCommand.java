package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code messages}: shows the held messages of a pending request. */
@Command(
    name = "messages",
    description = "Show the messages that are held until you approve their sender.",
    footer = {
      "",
      "The setting hold_messages says how many are held.",
      "",
      "Example:",
      "  nexo-pair messages K7M3XQ9P"
    })
public final class MessagesCommand extends PairSubcommand {

  @Mixin private PendingParameter request;

  @Override
  public Integer call() {
    JsonObject held = request.get(api(), "messages");
    if (json()) {
      return print(held);
    }
    List<JsonObject> messages = Json.array(held, "messages").getValuesAs(JsonObject.class);
    if (messages.isEmpty()) {
      out().println("No held messages.");
    }
    show(messages);
    if (held.getBoolean("too_large", false)) {
      err().println("A message was larger than 4096 bytes. It is not held.");
    }
    return DONE;
  }

  private void show(List<JsonObject> messages) {
    messages.forEach(message -> out().println(time(message, "received_at") + "  " + text(message)));
  }

  /** Returns what a message says, on one line. */
  static String text(JsonObject message) {
    if (!message.getBoolean("readable", true)) {
      return "(unreadable: the key is missing; run nexo-pair doctor)";
    }
    String text = Json.text(message, "text");
    return text == null ? "(no text)" : TerminalText.of(text);
  }
}
