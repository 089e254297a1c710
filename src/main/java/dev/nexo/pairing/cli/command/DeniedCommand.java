package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code denied}: lists denied senders. */
@Command(
    name = "denied",
    description = "List senders whose denial is active. A denial ends after 60 minutes.",
    footer = {
      "",
      "To end a denial now, run: nexo-pair unblock <channel> <account> <sender>",
      "",
      "Examples:",
      "  nexo-pair denied",
      "  nexo-pair denied --channel whatsapp --json"
    })
public final class DeniedCommand extends PairSubcommand {

  @Mixin private FilterOptions filter;

  @Override
  public Integer call() {
    var rows = pages(() -> filter.of("/denied"), "denied");
    if (!isTable("denied", rows, "No denied senders.", filter)) {
      return DONE;
    }
    Table table = new Table(around(), 23, 23, 14, 16, 24);
    table.head("DENIED", "UNTIL", "CHANNEL", "ACCOUNT", "SENDER", "REASON");
    rows(table, rows, "denied_at", "denied_until", "channel", "account_id", "sender_id", "reason");
    return DONE;
  }
}
