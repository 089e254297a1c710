package dev.nexo.pairing.cli.command;

import jakarta.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code unblock}: ends a block. */
@Command(
    name = "unblock",
    description = "Unblock a sender, who may then ask for a code again.",
    footer = {"", "Example:", "  nexo-pair unblock whatsapp default +15550001111"})
public final class UnblockCommand extends PairSubcommand {

  @Mixin private SenderParameters sender;

  @Override
  public Integer call() {
    JsonObject answer = api().post("/blocked/unblock", sender.body().build(), "unblocked");
    int unblocked = answer.getInt("unblocked", 0);
    boolean warned = warned(answer);
    if (json()) {
      print(sender.with(answer));
    } else {
      out().println((unblocked > 0 ? "Unblocked " : "Not blocked: ") + sender.shown());
    }
    return unblocked == 0 && warned ? FAILED : DONE;
  }
}
