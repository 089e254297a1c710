package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code texts}: shows the messages that senders and owners get, with sample values. */
@Command(
    name = "texts",
    description = "Show the messages that senders and owners get, with sample values.",
    footer = {
      "",
      "The setting pairing.messages changes them.",
      "",
      "Examples:",
      "  nexo-pair texts telegram default",
      "  nexo-pair texts telegram default --language es"
    })
public final class TextsCommand extends PairSubcommand {

  @Mixin private SenderParameters.Account account;

  @Option(
      names = "--language",
      paramLabel = "<language>",
      description = "A language, for example es. Default: pairing.language.")
  private String language;

  @Override
  public Integer call() {
    Query query =
        Query.of("/messages")
            .with("channel", account.channel)
            .with("account_id", account.id)
            .with("language", language);
    JsonObject answer = api().get(query, "messages");
    if (json()) {
      return print(answer);
    }
    Json.array(answer, "messages").getValuesAs(JsonObject.class).forEach(this::show);
    return DONE;
  }

  private void show(JsonObject message) {
    String origin = message.getBoolean("configured", false) ? "configured" : "standard";
    String head = "%s (%s, %s)";
    out()
        .println(
            TerminalText.of(
                head.formatted(
                    Json.text(message, "kind"), Json.text(message, "language"), origin)));
    message
        .getString("text", "")
        .lines()
        .forEach(line -> out().println("  " + TerminalText.of(line)));
  }
}
