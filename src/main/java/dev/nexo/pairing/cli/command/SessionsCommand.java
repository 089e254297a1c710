package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.CopiedText;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.client.ServerException;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.Table;
import dev.nexo.pairing.cli.terminal.TerminalText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sessions}: lists the companions' sessions, or ends one. */
@Command(
    name = "sessions",
    description = "List the sessions of companions, or revoke one.",
    footer = {
      "",
      "Examples:",
      "  nexo-pair sessions",
      "  nexo-pair sessions --revoke 0b8f7c1e-3f5a-4c7e-9d2b-6a1c0f4e8d3b"
    })
public final class SessionsCommand extends PairSubcommand {

  @Option(
      names = "--revoke",
      paramLabel = "<id>",
      description = "Revoke this session, even if it is connected.")
  private String revoke;

  @Override
  public Integer call() {
    if (revoke != null) {
      return signOut(CopiedText.id(revoke));
    }
    var rows = pages(() -> Query.of("/sessions"), "sessions");
    if (!isTable("sessions", rows, "No sessions.")) {
      return DONE;
    }
    Table table = new Table(around(), 36, 16, 24, 24, 24);
    table.head("SESSION", "PROFILE", "SINCE", "UNTIL", "LAST SEEN", "DEVICE");
    rows(
        table,
        rows,
        "session_id",
        "profile",
        "issued_at",
        "expires_at",
        "last_seen_at",
        "device_label");
    return DONE;
  }

  private int signOut(String id) {
    if (id.isEmpty()) {
      throw new CommandException("--revoke requires a session id. Run: nexo-pair sessions");
    }
    try {
      api().delete("/sessions/" + Query.encoded(id));
    } catch (ServerException e) {
      if (e.isMissing()) {
        throw new CommandException("There is no session " + id + ". Run: nexo-pair sessions", e);
      }
      throw e;
    }
    if (json()) {
      return print(Json.object().add("revoked", 1).add("session_id", id).build());
    }
    out().println("Signed out " + TerminalText.of(id));
    return DONE;
  }
}
