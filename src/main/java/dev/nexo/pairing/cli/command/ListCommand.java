package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.PrettyJson;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.Table;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code list}: lists pending requests and admitted senders. */
@Command(
    name = "list",
    description = "List pending requests, and with --all also admitted senders.",
    footer = {
      "",
      "Examples:",
      "  nexo-pair list",
      "  nexo-pair list --channel whatsapp --all --include-revoked",
      "  nexo-pair list --all --json",
      "  nexo-pair list --inactive 90d"
    })
public final class ListCommand extends PairSubcommand {

  @Mixin private FilterOptions filter;

  @Option(names = "--all", description = "Also list admitted senders.")
  private boolean all;

  @Option(
      names = "--include-revoked",
      description = "With --all: also list senders who are no longer admitted.")
  private boolean includeRevoked;

  @Option(
      names = "--inactive",
      paramLabel = "<time>",
      description = "Only admitted senders who wrote nothing for this time, for example 90d.")
  private String inactive;

  @Override
  public Integer call() {
    if (inactive != null) {
      return listInactive(unseen());
    }
    Iterator<JsonObject> pending = pages(() -> filter.of("/pending"), "pending");
    Iterator<JsonObject> allowed =
        all ? pages(this::allowed, "allow") : Collections.emptyIterator();
    if (!pending.hasNext() && !allowed.hasNext()) {
      warned(filter.checked(api()));
    }
    if (json()) {
      Map<String, Iterator<JsonObject>> lists = new LinkedHashMap<>();
      lists.put("allow", allowed);
      lists.put("pending", pending);
      new PrettyJson(out()).print(lists);
      return DONE;
    }
    around().table();
    List<String> hints = showPending(pending);
    if (all) {
      out().println();
      showAllowed(allowed);
    }
    // On standard error, because standard output must be the same as Nexo's.
    out().flush();
    hints.forEach(hint -> err().println("Hint: " + hint + ". Check before you approve."));
    return DONE;
  }

  private Query allowed() {
    return filter.of("/allow-from").with("include_revoked", includeRevoked ? "true" : null);
  }

  private Iterator<JsonObject> unseen() {
    Instant since =
        around()
            .clock()
            .instant()
            .minus(RoleOptions.time("--inactive", inactive))
            .truncatedTo(ChronoUnit.SECONDS);
    return pages(() -> filter.of("/allow-from").with("unseen_since", since), "allow");
  }

  private int listInactive(Iterator<JsonObject> rows) {
    String none = "No admitted senders were inactive for " + inactive + ".";
    if (isTable("allow", rows, none, filter)) {
      Table table = new Table(around(), 14, 16, 24, 7, 26);
      table.head("CHANNEL", "ACCOUNT", "SENDER", "ROLE", "APPROVED", "LAST SEEN");
      rows(
          table, rows, "channel", "account_id", "sender_id", "role", "approved_at", "last_seen_at");
    }
    return DONE;
  }

  /** Prints the pending requests, and returns hints about them. */
  private List<String> showPending(Iterator<JsonObject> rows) {
    if (!rows.hasNext()) {
      out().println("No pending pairing requests.");
      return List.of();
    }
    Table table = new Table(around(), 10, 14, 16, 26).time(3);
    table.head("CODE", "CHANNEL", "ACCOUNT", "CREATED", "SENDER");
    List<String> hints = new ArrayList<>();
    while (rows.hasNext()) {
      JsonObject row = rows.next();
      rows(
          table,
          Collections.singleton(row).iterator(),
          "code",
          "channel",
          "account_id",
          "created_at",
          "sender_id");
      for (JsonString twin : Json.array(row, "near_twins").getValuesAs(JsonString.class)) {
        String sender = SenderParameters.shown(row);
        hints.add(sender + " may be the admitted " + TerminalText.of(twin.getString()));
      }
    }
    return hints;
  }

  private void showAllowed(Iterator<JsonObject> rows) {
    if (!rows.hasNext()) {
      out().println("No allowlisted senders.");
      return;
    }
    Table table = new Table(around(), 14, 16, 24, 10, 26).time(4);
    table.head("CHANNEL", "ACCOUNT", "SENDER", "VIA", "APPROVED", "REVOKED");
    rows(
        table,
        rows,
        "channel",
        "account_id",
        "sender_id",
        "approved_via",
        "approved_at",
        "revoked_at");
  }
}
