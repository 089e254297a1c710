package dev.nexo.pairing.cli;

import jakarta.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code unblock}: takes a block back. */
@Command(
    name = "unblock",
    description = "Takes a block back; the sender is a stranger then and may ask again.",
    footer = {"", "Example:", "  nexo-pair unblock whatsapp default +15550001111"})
final class UnblockCommand extends Verb {

  @Parameters(paramLabel = "<channel>", description = "Like whatsapp.")
  private String channel;

  @Parameters(paramLabel = "<account>", description = "Your account there, often default.")
  private String account;

  @Parameters(paramLabel = "<sender>", description = "Like +15550001111.")
  private String sender;

  @Override
  public Integer call() {
    JsonObject body =
        Json.object()
            .add("channel", channel)
            .add("account_id", account)
            .add("sender_id", sender)
            .build();
    int unblocked = api().post("/blocked/unblock", body).getInt("unblocked", 0);
    String who = Senders.shown(channel, account, sender);
    out().println(unblocked > 0 ? "Unblocked " + who : "No block to take back for " + who);
    return DONE;
  }
}
