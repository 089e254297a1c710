package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Query;
import jakarta.json.JsonObjectBuilder;
import picocli.CommandLine.Parameters;

/** The three words by which commands name a sender on one account. */
final class SenderParameters {

  @Parameters(index = "0", paramLabel = "<channel>", description = "Like whatsapp.")
  private String channel;

  @Parameters(
      index = "1",
      paramLabel = "<account>",
      description = "Your account there, often default.")
  private String account;

  @Parameters(index = "2", paramLabel = "<sender>", description = "Like +15550001111.")
  private String sender;

  /** As the fields of a body. */
  JsonObjectBuilder body() {
    return Json.object()
        .add("channel", channel)
        .add("account_id", account)
        .add("sender_id", sender);
  }

  /** As the parameters of a question. */
  Query of(String path) {
    return Query.of(path)
        .with("channel", channel)
        .with("account_id", account)
        .with("sender_id", sender);
  }

  /** For people. */
  String shown() {
    return SenderArguments.shown(channel, account, sender);
  }
}
