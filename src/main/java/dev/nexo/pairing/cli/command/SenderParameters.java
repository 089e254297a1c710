package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import picocli.CommandLine.Parameters;

/**
 * The three parameters that name a sender on one account. They can also be one argument, in the
 * form in which commands print senders: {@code channel:account:sender}.
 */
final class SenderParameters {

  private static final int PARTS = 3;

  @Parameters(
      index = "0",
      paramLabel = "<channel>",
      description = "Channel, for example whatsapp; or all three as whatsapp:default:+15550001111.")
  private String channel;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "<account>",
      description = "Your account on the channel, often default.")
  private String account;

  @Parameters(
      index = "2",
      arity = "0..1",
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
    JsonObjectBuilder body = fields();
    return isOneArgument() ? body.add("exact", true) : body;
  }

  /**
   * Returns whether one argument names all three. Its sender is then exactly what follows the
   * account: a stranger may have chosen an id that looks like {@code channel:account:sender}.
   */
  private boolean isOneArgument() {
    return sender == null;
  }

  private JsonObjectBuilder fields() {
    return Json.object()
        .add("channel", part(0))
        .add("account_id", part(1))
        .add("sender_id", part(2));
  }

  /**
   * Returns one of the three parameters: 0 is the channel, 1 the account, 2 the sender.
   *
   * @throws CommandException if the arguments do not name all three
   */
  private String part(int index) {
    if (!isOneArgument()) {
      return List.of(channel, account, sender).get(index);
    }
    List<String> parts = account == null ? List.of(channel.split(":", PARTS)) : List.of();
    if (parts.size() < PARTS || parts.contains("")) {
      throw new CommandException(
          "Name the channel, the account and the sender, like whatsapp default +15550001111 or"
              + " whatsapp:default:+15550001111");
    }
    return parts.get(index);
  }

  /** Returns the parameters as a query. */
  Query of(String path) {
    Query query =
        Query.of(path)
            .with("channel", part(0))
            .with("account_id", part(1))
            .with("sender_id", part(2));
    return isOneArgument() ? query.with("exact", true) : query;
  }

  /** Returns a response, extended by the parameters and, if it lacks them, by empty warnings. */
  JsonObject with(JsonObject answer) {
    JsonObjectBuilder json = fields().add("warnings", JsonValue.EMPTY_JSON_ARRAY);
    answer.forEach(json::add);
    return json.build();
  }

  /**
   * Returns {@code channel:account:sender}, safe for a terminal. The operator may have written the
   * sender in this form.
   */
  String shown() {
    String prefix = part(0) + ":" + part(1) + ":";
    boolean whole = !isOneArgument() && part(2).startsWith(prefix);
    return TerminalText.of(whole ? part(2) : prefix + part(2));
  }

  /** Returns {@code channel:account:sender} of a row, safe for a terminal. */
  static String shown(JsonObject row) {
    return TerminalText.of(
        Json.text(row, "channel")
            + ":"
            + Json.text(row, "account_id")
            + ":"
            + Json.text(row, "sender_id"));
  }
}
