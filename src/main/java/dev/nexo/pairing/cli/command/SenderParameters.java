package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The three parameters that name a sender on one account. */
final class SenderParameters {

  @Mixin private Account account;

  @Parameters(
      index = "2",
      paramLabel = "<sender>",
      description = "Sender, for example +15550001111.")
  private String sender;

  /** The two parameters that name an account. */
  static final class Account {

    @Parameters(
        index = "0",
        paramLabel = "<channel>",
        description = "Channel, for example whatsapp.")
    String channel;

    @Parameters(
        index = "1",
        paramLabel = "<account>",
        description = "Your account on the channel, often default.")
    String id;
  }

  /** Returns the parameters as fields of a request body. */
  JsonObjectBuilder body() {
    return Json.object()
        .add("channel", account.channel)
        .add("account_id", account.id)
        .add("sender_id", sender);
  }

  /** Returns the parameters as a query. */
  Query of(String path) {
    return Query.of(path)
        .with("channel", account.channel)
        .with("account_id", account.id)
        .with("sender_id", sender);
  }

  /** Returns a response with the parameters and, if it has none, an empty list of warnings. */
  JsonObject with(JsonObject answer) {
    JsonObjectBuilder json = body().add("warnings", JsonValue.EMPTY_JSON_ARRAY);
    answer.forEach(json::add);
    return json.build();
  }

  /** Returns {@code channel:account:sender}, safe for a terminal. */
  String shown() {
    return shown(account.channel, account.id, sender);
  }

  /** Returns {@code channel:account:sender} of a row, safe for a terminal. */
  static String shown(JsonObject row) {
    return shown(
        Json.text(row, "channel"), Json.text(row, "account_id"), Json.text(row, "sender_id"));
  }

  private static String shown(String channel, String accountId, String senderId) {
    String account = channel + ":" + accountId + ":";
    return TerminalText.of(senderId.startsWith(account) ? senderId : account + senderId);
  }
}
