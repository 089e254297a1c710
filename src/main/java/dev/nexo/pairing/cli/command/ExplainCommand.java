package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.Table;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code explain}: what the gate would say of a sender, and why. */
@Command(
    name = "explain",
    description = "Says what would become of a sender's next message, and why; changes nothing.",
    footer = {"", "Example:", "  nexo-pair explain whatsapp default +15550001111"})
public final class ExplainCommand extends PairSubcommand {

  @Mixin private SenderParameters sender;

  @Override
  public Integer call() {
    JsonObject why = api().get(sender.of("/explain"));
    fact("Sender     ", Json.text(why, "sender_id"));
    fact("Decision   ", Json.text(why, "decision"));
    fact("Reason     ", Json.text(why, "reason"));
    fact("Since      ", Table.time(Json.text(why, "since")));
    if (why.get("row") instanceof JsonObject row) {
      fact("Code       ", Json.text(row, "code"));
      fact("Wrote      ", Json.text(row, "text"));
      fact("Approved by", Json.text(row, "approved_via"));
      fact("Revoked at ", Table.time(Json.text(row, "revoked_at")));
      fact("Expires at ", Table.time(Json.text(row, "expires_at")));
      fact("Note       ", Json.text(row, "note"));
    }
    return DONE;
  }

  private void fact(String name, String value) {
    if (value != null) {
      out().println(name + " : " + TerminalText.of(value));
    }
  }
}
