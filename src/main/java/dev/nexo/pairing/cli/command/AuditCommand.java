package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.PagedRows;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.Table;
import jakarta.json.JsonObject;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit}: lists the audit trail. */
@Command(
    name = "audit",
    description = "List who changed what, newest first.",
    footer = {
      "",
      "Examples:",
      "  nexo-pair audit --limit 20",
      "  nexo-pair audit --channel whatsapp --since 2026-04-01T00:00:00Z"
    })
public final class AuditCommand extends PairSubcommand {

  private static final int MAX_LIMIT = 1_000_000;

  @Mixin private FilterOptions filter;

  @Option(names = "--sender", paramLabel = "<sender>", description = "Only this sender.")
  private String sender;

  @Option(
      names = "--since",
      paramLabel = "<time>",
      description = "Only entries since this time, for example 2026-04-01T00:00:00Z.")
  private String since;

  @Option(
      names = "--limit",
      paramLabel = "<rows>",
      defaultValue = "100",
      description = "Maximum number of rows (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new CommandException("--limit must be a whole number from 1 to " + MAX_LIMIT);
    }
    Iterator<JsonObject> rows =
        pages(this::query, "audit", Math.min(limit, PagedRows.MAX_PAGE)).limit(limit);
    if (!isTable("audit", rows, "No audit entries.", filter)) {
      return DONE;
    }
    Table table = new Table(around(), 23, 12, 9, 10, 40);
    table.head("AT", "BY", "THROUGH", "ACTION", "SENDER", "DETAIL");
    while (rows.hasNext()) {
      JsonObject row = rows.next();
      table.row(
          time(row, "at"),
          Json.text(row, "actor"),
          Json.text(row, "surface"),
          Json.text(row, "action"),
          Json.text(row, "channel") == null ? null : SenderParameters.shown(row),
          Json.text(row, "detail"));
    }
    return DONE;
  }

  private Query query() {
    return filter.of("/audit").with("sender_id", sender).with("since", since);
  }
}
