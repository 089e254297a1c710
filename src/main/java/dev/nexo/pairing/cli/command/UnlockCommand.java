package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.Table;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code unlock}: lists who is locked after failed attempts, or ends locks. */
@Command(
    name = "unlock",
    description = "List who is locked after failed sign-ins, or unlock an address or a login.",
    footer = {
      "",
      "Locks are on each server separately, and end by themselves after a minute.",
      "Of several servers, only the one that answers is asked: see --server.",
      "",
      "Examples:",
      "  nexo-pair unlock",
      "  nexo-pair unlock 192.0.2.17",
      "  nexo-pair unlock operator"
    })
public final class UnlockCommand extends PairSubcommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "<address or login>",
      description = "IP address or account name (default: list the locks).")
  private String target;

  @Override
  public Integer call() {
    if (target == null) {
      list();
      return DONE;
    }
    JsonObject body = Json.object().add("target", target).build();
    JsonObject answer = api().post("/locks/unlock", body, "unlocked");
    if (json()) {
      return print(Json.object(answer).add("target", target).build());
    }
    int unlocked = answer.getInt("unlocked", 0);
    String shown = TerminalText.of(target);
    out()
        .println(
            unlocked > 0
                ? "Unlocked " + shown + " on this server"
                : "Not locked on this server: " + shown);
    return DONE;
  }

  private void list() {
    List<JsonObject> locks = api().list(Query.of("/locks"), "locks").getValuesAs(JsonObject.class);
    if (!isTable("locks", locks.iterator(), "Nobody is locked on this server.")) {
      return;
    }
    Table table = new Table(around(), 40, 16, 10);
    table.head("ADDRESS", "KIND", "SECONDS", "LOGIN");
    for (JsonObject lock : locks) {
      table.row(
          Json.text(lock, "address"),
          Json.text(lock, "kind"),
          String.valueOf(lock.getInt("seconds", 0)),
          Json.text(lock, "login"));
    }
  }
}
