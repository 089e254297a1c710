package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.PrettyJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code approve}: lets a waiting sender in. */
@Command(
    name = "approve",
    description = "Lets in the sender who got this code.",
    footer = {
      "",
      "Examples:",
      "  nexo-pair approve K7M3XQ9P",
      "  nexo-pair approve K7M3XQ9P --note \"Ana, sales\" --notify",
      "  nexo-pair approve K7M3XQ9P --expires-at 2027-01-01T00:00:00Z"
    })
public final class ApproveCommand extends PairSubcommand {

  @Parameters(paramLabel = "CODE", description = "The code, or the id of the request.")
  private String code;

  @Option(
      names = "--note",
      paramLabel = "<text>",
      description = "Your own words, up to 500 characters.")
  private String note;

  @Option(
      names = "--expires-at",
      paramLabel = "<time>",
      description = "Until when, like 2027-01-01T00:00:00Z; else for good.")
  private String expiresAt;

  @Option(names = "--notify", description = "Tell the sender through the channel.")
  private boolean notify;

  @Option(names = "--json", description = "JSON instead of a sentence.")
  private boolean json;

  @Override
  public Integer call() {
    JsonObjectBuilder terms = Json.object();
    Json.add(terms, "note", note);
    Json.add(terms, "expires_at", expiresAt);
    if (notify) {
      terms.add("notify", true);
    }
    JsonObject approved = PendingCodes.post(api(), code, "approve", terms.build());
    if (json) {
      JsonObjectBuilder shape = Json.object();
      for (String name : new String[] {"channel", "account_id", "sender_id", "approved_at"}) {
        Json.add(shape, name, Json.text(approved, name));
      }
      new PrettyJson(out()).print(shape.build());
    } else {
      out().println("Approved " + SenderArguments.shown(approved) + " (added to allow_from)");
    }
    return DONE;
  }
}
