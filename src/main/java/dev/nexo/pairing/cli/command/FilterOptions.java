package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Set;
import picocli.CommandLine.Option;

/** The two options that limit a list to a channel or an account. */
final class FilterOptions {

  private static final Set<String> UNKNOWN = Set.of("unknown_channel", "unknown_account");

  @Option(
      names = "--channel",
      paramLabel = "<channel>",
      description = "Only this channel, for example whatsapp.")
  String channel;

  @Option(names = "--account", paramLabel = "<account>", description = "Only this account.")
  String account;

  /**
   * Asks the server whether it knows the channel and the account, for an empty list: a mistyped
   * name also causes one. Returns an object with the warnings about unknown names.
   */
  JsonObject checked(Api api) {
    if (channel == null) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    Query query =
        Query.of("/explain")
            .with("channel", channel)
            .with("account_id", account)
            .with("sender_id", "0")
            .with("exact", true);
    try {
      JsonArrayBuilder warnings = Json.PROVIDER.createArrayBuilder();
      Json.array(api.get(query, "decision"), "warnings").getValuesAs(JsonObject.class).stream()
          .filter(one -> UNKNOWN.contains(one.getString("reason", "")))
          .forEach(warnings::add);
      return Json.object().add("warnings", warnings).build();
    } catch (CommandException e) {
      // The list itself is correct.
      return JsonValue.EMPTY_JSON_OBJECT;
    }
  }

  /** Returns a query with the options. */
  Query of(String path) {
    return Query.of(path).with("channel", channel).with("account_id", account);
  }
}
