package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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
   * Returns an object with the server's warnings about an unknown channel or account. It is for
   * empty lists, because a mistyped name causes one. An account can only be checked on its channel.
   */
  JsonObject checked(Api api) {
    if (channel == null && account != null) {
      JsonObjectBuilder warning =
          Json.object()
              .add("reason", "unchecked_account")
              .add(
                  "text",
                  "The account " + account + " was not checked. Name its channel with --channel.");
      return Json.object().add("warnings", Json.PROVIDER.createArrayBuilder().add(warning)).build();
    }
    return checked(api, channel, account);
  }

  /**
   * Returns an object with the server's warnings about an unknown channel or account.
   *
   * @param channel without it, there are no warnings
   * @param account if it is null, only the channel is checked
   */
  static JsonObject checked(Api api, String channel, String account) {
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
      // The warnings are optional. The command itself does not depend on them.
      return JsonValue.EMPTY_JSON_OBJECT;
    }
  }

  /** Returns a query with the options. */
  Query of(String path) {
    return Query.of(path).with("channel", channel).with("account_id", account);
  }
}
