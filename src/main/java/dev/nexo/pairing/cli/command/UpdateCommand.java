package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.ServerException;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code update}: changes the terms of an admitted sender. */
@Command(
    name = "update",
    description = "Change the role, labels, note and end of an admitted sender.",
    footer = {
      "",
      "What is not named stays as it is. An empty note or label removes it.",
      "",
      "Examples:",
      "  nexo-pair update whatsapp default +15550001111 --role guest --idle 30d",
      "  nexo-pair update whatsapp default +15550001111 --label vip --label team_1",
      "  nexo-pair update whatsapp default +15550001111 --expires-at never --label \"\""
    })
public final class UpdateCommand extends PairSubcommand {

  @Mixin private SenderParameters sender;

  @Mixin private RoleOptions role;

  @Mixin private MembersOption members;

  @Option(
      names = "--note",
      paramLabel = "<text>",
      description = "Note for the operators, up to 500 characters.")
  private String note;

  @Option(
      names = "--expires-at",
      paramLabel = "<time>",
      description = "Expiry, for example 2027-01-01T00:00:00Z, or never.")
  private String expiresAt;

  @Override
  public Integer call() {
    JsonObjectBuilder changes = Json.object();
    role.addTo(changes);
    members.addTo(changes);
    set(changes, "note", note, "");
    set(changes, "expires_at", expiresAt, RoleOptions.NEVER);
    JsonObject given = changes.build();
    if (given.isEmpty()) {
      throw new CommandException("Name what to change. Run: nexo-pair update --help");
    }
    JsonObjectBuilder body = sender.body();
    given.forEach(body::add);
    try {
      JsonObject row = api().post("/allow-from/update", body.build(), "sender_id");
      if (json()) {
        return print(row);
      }
      show(row);
    } catch (ServerException e) {
      if (!e.isMissing()) {
        throw e;
      }
      throw new CommandException(
          sender.shown() + " is not in allow_from. Run: nexo-pair list --all", e);
    }
    return DONE;
  }

  private static void set(JsonObjectBuilder body, String name, String value, String none) {
    if (none.equals(value)) {
      body.addNull(name);
    } else {
      Json.add(body, name, value);
    }
  }

  private void show(JsonObject row) {
    List<String> terms = new ArrayList<>();
    terms.add("role " + Json.text(row, "role"));
    String labels = labels(row);
    if (labels != null) {
      terms.add("labels " + labels);
    }
    if (row.get("idle_secs") instanceof JsonNumber secs) {
      Duration idle = Duration.ofSeconds(secs.longValue());
      terms.add("idle " + (idle.toHours() % 24 == 0 ? idle.toDays() + "d" : idle.toHours() + "h"));
    }
    if (Json.text(row, "members") != null) {
      terms.add("members " + Json.text(row, "members"));
    }
    if (Json.text(row, "expires_at") != null) {
      terms.add("until " + time(row, "expires_at"));
    }
    out()
        .println(
            "Updated "
                + SenderParameters.shown(row)
                + " ("
                + TerminalText.of(String.join("; ", terms))
                + ")");
  }

  /** Returns the labels of a row, separated by commas; null if there are none. */
  static String labels(JsonObject row) {
    String labels =
        Json.array(row, "labels").getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .collect(Collectors.joining(", "));
    return labels.isEmpty() ? null : labels;
  }
}
