package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.client.ServerException;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doctor}: checks the server and this machine, and prints remedies. */
@Command(
    name = "doctor",
    description = "Check the server and this machine, and print what to do about faults.",
    footer = {
      "",
      "Exit code: 1 if there is a fault; 0 if there are only warnings or none.",
      "",
      "Examples:",
      "  nexo-pair doctor",
      "  nexo-pair doctor --json"
    })
public final class DoctorCommand extends PairSubcommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<CheckRow> checks = new ArrayList<>(serverChecks());
    checks.addAll(LocalChecks.all(api(), around(), this::runAs));
    if (json()) {
      JsonArrayBuilder list = Json.PROVIDER.createArrayBuilder();
      checks.forEach(check -> list.add(check.json()));
      print(Json.object().add("checks", list).build());
    } else {
      checks.forEach(this::show);
    }
    return checks.stream().anyMatch(CheckRow::isFault) ? FAILED : DONE;
  }

  private List<CheckRow> serverChecks() {
    try {
      return api().list(Query.of("/doctor"), "checks").getValuesAs(JsonObject.class).stream()
          .map(CheckRow::of)
          .toList();
    } catch (ServerException e) {
      if (e.isOlderServer()) {
        return List.of(
            new CheckRow(
                "server",
                CheckRow.WARNING,
                "The server does not support doctor; it is older than this nexo-pair",
                "Update the server"));
      }
      return List.of(new CheckRow("server", CheckRow.FAULT, e.getMessage(), runAs(e)));
    } catch (CommandException e) {
      // The local checks are most useful if the server cannot be reached.
      return List.of(new CheckRow("server", CheckRow.FAULT, e.getMessage(), null));
    }
  }

  private String runAs(CommandException e) {
    return ErrorHandlers.runAs(e, around(), spec.commandLine()).map("Run: "::concat).orElse(null);
  }

  private void show(CheckRow check) {
    String level = "%-7s".formatted(TerminalText.of(check.level()));
    String colour =
        switch (check.level()) {
          case CheckRow.OK -> "\u001b[32m"; // green
          case CheckRow.WARNING -> "\u001b[33m"; // yellow
          default -> "\u001b[31m"; // red
        };
    out()
        .println(
            (around().colours() ? colour + level + "\u001b[0m" : level)
                + "  "
                + TerminalText.of(check.check() + ": " + check.text()));
    if (check.remedy() != null) {
      String id = check.id() == null ? "" : " (" + check.id() + ")";
      out().println("         -> " + TerminalText.of(check.remedy() + id));
    }
  }
}
