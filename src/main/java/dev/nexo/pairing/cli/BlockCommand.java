package dev.nexo.pairing.cli;

import jakarta.json.JsonObjectBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code block}: keeps a sender out until further notice. */
@Command(
    name = "block",
    description = "Keeps a sender out until they are unblocked; who was let in no longer is.",
    footer = {"", "Example:", "  nexo-pair block whatsapp default +15550001111 --reason \"spam\""})
final class BlockCommand extends Verb {

  @Parameters(paramLabel = "<channel>", description = "Like whatsapp.")
  private String channel;

  @Parameters(paramLabel = "<account>", description = "Your account there, often default.")
  private String account;

  @Parameters(paramLabel = "<sender>", description = "Like +15550001111.")
  private String sender;

  @Option(
      names = "--reason",
      paramLabel = "<text>",
      description = "Your own words, for the audit trail.")
  private String reason;

  @Override
  public Integer call() {
    JsonObjectBuilder body =
        Json.object().add("channel", channel).add("account_id", account).add("sender_id", sender);
    Json.add(body, "reason", reason);
    int blocked = api().post("/blocked/block", body.build()).getInt("blocked", 0);
    String who = Senders.shown(channel, account, sender);
    out().println(blocked > 0 ? "Blocked " + who : "Was blocked before: " + who);
    return DONE;
  }
}
