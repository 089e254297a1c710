package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code blocked}: lists blocked senders. */
@Command(
    name = "blocked",
    description = "List blocked senders.",
    footer = {
      "",
      "To end a block, run: nexo-pair unblock <channel> <account> <sender>",
      "",
      "Examples:",
      "  nexo-pair blocked",
      "  nexo-pair blocked --channel whatsapp --json"
    })
public final class BlockedCommand extends PairSubcommand {

  @Mixin private FilterOptions filter;

  @Override
  public Integer call() {
    var rows = pages(() -> filter.of("/blocked"), "blocked");
    if (!isTable("blocked", rows, "No blocked senders.", filter)) {
      return DONE;
    }
    Table table = new Table(around(), 23, 14, 16, 24);
    table.head("BLOCKED", "CHANNEL", "ACCOUNT", "SENDER", "REASON");
    rows(table, rows, "blocked_at", "channel", "account_id", "sender_id", "reason");
    return DONE;
  }
}
