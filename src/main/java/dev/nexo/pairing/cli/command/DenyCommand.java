package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deny}: denies a pending request. */
@Command(
    name = "deny",
    description = "Deny the sender who received this code. They get no new code for 60 minutes.",
    footer = {
      "",
      "Examples:",
      "  nexo-pair deny K7M3XQ9P",
      "  nexo-pair deny K7M3XQ9P --block --reason \"spam\""
    })
public final class DenyCommand extends PairSubcommand {

  @Mixin private PendingParameter request;

  @Option(names = "--block", description = "Also block the sender, until they are unblocked.")
  private boolean block;

  @Option(
      names = "--reason",
      paramLabel = "<text>",
      description = "Reason, stored in the audit trail.")
  private String reason;

  @Override
  public Integer call() {
    JsonObjectBuilder body = Json.object();
    if (block) {
      body.add("block", true);
    }
    Json.add(body, "reason", reason);
    JsonObject denied = request.post(api(), "deny", body.build());
    if (json()) {
      return print(Json.object(denied).add("blocked", block).build());
    }
    out().println((block ? "Denied and blocked " : "Denied ") + SenderParameters.shown(denied));
    return DONE;
  }
}
