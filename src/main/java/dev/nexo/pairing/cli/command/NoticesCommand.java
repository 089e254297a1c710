package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.Table;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code notices}: lists the ways by which operators are notified of requests, or tries one. */
@Command(
    name = "notices",
    description = "List the ways by which operators are notified of requests, or send a test.",
    footer = {
      "",
      "Exit code: 1 if the test was not delivered.",
      "",
      "Examples:",
      "  nexo-pair notices",
      "  nexo-pair notices --test webhook"
    })
public final class NoticesCommand extends PairSubcommand {

  @Option(names = "--test", paramLabel = "<way>", description = "Send a test message now.")
  private String test;

  @Override
  public Integer call() {
    if (test != null) {
      return send();
    }
    JsonObject answer = api().get(Query.of("/notices"), "ways");
    if (json()) {
      return print(answer);
    }
    Table table = new Table(around(), 12, 12, 24, 24);
    table.head("WAY", "STATE", "LAST SUCCESS", "LAST FAILURE", "REASON");
    rows(
        table,
        Json.array(answer, "ways").getValuesAs(JsonObject.class).iterator(),
        "way",
        "state",
        "last_success_at",
        "last_failure_at",
        "last_failure");
    fact("Quiet hours", Json.text(answer, "quiet_hours"));
    return DONE;
  }

  private int send() {
    JsonObject body = Json.object().add("way", test.strip()).build();
    JsonObject answer = api().post("/notices/test", body, "delivered");
    boolean delivered = answer.getBoolean("delivered", false);
    if (json()) {
      print(answer);
      return delivered ? DONE : FAILED;
    }
    if (!delivered) {
      throw new CommandException(
          TerminalText.of(
              "The test by "
                  + test.strip()
                  + " was not delivered: "
                  + Json.text(answer, "detail")));
    }
    out().println("Delivered a test by " + TerminalText.of(test.strip()));
    return DONE;
  }
}
