package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code explain}: shows the gate's decision on a sender, and why. */
@Command(
    name = "explain",
    description = "Show the decision on a sender's next message, and why. Changes nothing.",
    footer = {"", "Example:", "  nexo-pair explain whatsapp default +15550001111"})
public final class ExplainCommand extends PairSubcommand {

  @Mixin private SenderParameters sender;

  @Override
  public Integer call() {
    JsonObject why = api().get(sender.of("/explain"), "decision");
    if (json()) {
      warned(why);
      return print(why);
    }
    fact("Sender     ", Json.text(why, "sender_id"));
    fact("Decision   ", Json.text(why, "decision"));
    fact("Reason     ", Json.text(why, "reason"));
    fact("Detail     ", Json.text(why, "detail"));
    fact("Since      ", time(why, "since"));
    for (JsonString twin : Json.array(why, "near_twins").getValuesAs(JsonString.class)) {
      fact("Near twin  ", twin.getString() + " (admitted; it may be the same person)");
    }
    if (why.get("row") instanceof JsonObject row) {
      fact("Code       ", Json.text(row, "code"));
      fact("Message    ", Json.text(row, "text"));
      fact("Approved by", Json.text(row, "approved_via"));
      fact("Revoked at ", time(row, "revoked_at"));
      fact("Expires at ", time(row, "expires_at"));
      fact("Ended      ", Json.text(why, "ended"));
      fact("Role       ", Json.text(row, "role"));
      fact("Last seen  ", time(row, "last_seen_at"));
      fact("Labels     ", UpdateCommand.labels(row));
      fact("Note       ", Json.text(row, "note"));
    }
    warned(why);
    return DONE;
  }
}
