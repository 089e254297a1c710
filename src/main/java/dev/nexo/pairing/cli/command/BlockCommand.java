package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code block}: blocks a sender. */
@Command(
    name = "block",
    description = "Block a sender until they are unblocked, and end their admission.",
    footer = {"", "Example:", "  nexo-pair block whatsapp default +15550001111 --reason \"spam\""})
public final class BlockCommand extends PairSubcommand {

  @Mixin private SenderParameters sender;

  @Option(
      names = "--reason",
      paramLabel = "<text>",
      description = "Reason, stored in the audit trail.")
  private String reason;

  @Override
  public Integer call() {
    JsonObjectBuilder body = sender.body();
    Json.add(body, "reason", reason);
    JsonObject answer = api().post("/blocked/block", body.build(), "blocked");
    int blocked = answer.getInt("blocked", 0);
    warned(answer);
    if (json()) {
      return print(sender.with(answer));
    }
    out().println((blocked > 0 ? "Blocked " : "Already blocked: ") + sender.shown());
    return DONE;
  }
}
