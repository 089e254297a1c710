package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code approve}: admits the sender of a pending request. */
@Command(
    name = "approve",
    description = "Admit the sender who received this code.",
    footer = {
      "",
      "Examples:",
      "  nexo-pair approve K7M3XQ9P",
      "  nexo-pair approve K7M3XQ9P --note \"Ana, sales\" --no-notify",
      "  nexo-pair approve K7M3XQ9P --role guest --label vip --idle 30d",
      "  nexo-pair approve K7M3XQ9P --expires-at 2027-01-01T00:00:00Z"
    })
public final class ApproveCommand extends PairSubcommand {

  @Mixin private PendingParameter request;

  @Mixin private RoleOptions role;

  @Mixin private MembersOption members;

  @Option(
      names = "--note",
      paramLabel = "<text>",
      description = "Note for the operators, up to 500 characters.")
  private String note;

  @Option(
      names = "--expires-at",
      paramLabel = "<time>",
      description = "Expiry, for example 2027-01-01T00:00:00Z (default: none).")
  private String expiresAt;

  @Option(
      names = "--notify",
      negatable = true,
      description = "Notify the sender through the channel, or do not (default: as configured).")
  private Boolean notify;

  @Override
  public Integer call() {
    JsonObjectBuilder terms = Json.object();
    Json.add(terms, "note", note);
    Json.add(terms, "expires_at", expiresAt);
    role.addTo(terms);
    members.addTo(terms);
    if (notify != null) {
      terms.add("notify", notify);
    }
    JsonObject approved = request.post(api(), "approve", terms.build());
    if (json()) {
      return print(approved);
    }
    out().println("Approved " + SenderParameters.shown(approved) + " (added to allow_from)");
    Json.array(approved, "held")
        .getValuesAs(JsonObject.class)
        .forEach(message -> out().println("Held message: " + MessagesCommand.text(message)));
    return DONE;
  }
}
