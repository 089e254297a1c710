package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.Table;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policies}: shows the policy in effect on each account. */
@Command(
    name = "policies",
    description = "Show the policy in effect on each account.",
    footer = {
      "",
      "The last row applies to all other accounts. Policies are set in pairing.yaml.",
      "",
      "Examples:",
      "  nexo-pair policies",
      "  nexo-pair policies --channel telegram --account support"
    })
public final class PoliciesCommand extends PairSubcommand {

  @Mixin private FilterOptions filter;

  @Override
  public Integer call() {
    JsonObject answer = api().get(filter.of("/policies"), "policies");
    if (json()) {
      warned(answer);
      return print(answer);
    }
    around().table();
    Table table = new Table(around(), 12, 20, 10, 9, 8, 6, 4);
    table.head(
        "CHANNEL", "ACCOUNT", "STRANGERS", "CHALLENGE", "PER HOUR", "GROUPS", "HOLD", "NOTIFY");
    List<JsonObject> policies = Json.array(answer, "policies").getValuesAs(JsonObject.class);
    for (JsonObject policy : policies) {
      row(table, Json.text(policy, "channel"), Json.text(policy, "account_id"), policy);
    }
    row(table, "(others)", null, Json.object(answer, "general"));
    warned(answer);
    if (answer.getBoolean("more", false)) {
      err().println("There are more accounts. Name one with --channel and --account.");
    }
    return DONE;
  }

  private static void row(Table table, String channel, String account, JsonObject policy) {
    String notices =
        Json.array(policy, "notify_requester").stream()
            .filter(JsonString.class::isInstance)
            .map(notice -> ((JsonString) notice).getString())
            .collect(Collectors.joining(","));
    table.row(
        channel,
        account,
        policy.getBoolean("auto_challenge", false) ? "challenged" : "admitted",
        Json.text(policy, "challenge"),
        number(policy, "challenges_per_hour"),
        Json.text(policy, "groups"),
        number(policy, "hold_messages"),
        notices.isEmpty() ? null : notices);
  }

  private static String number(JsonObject policy, String name) {
    JsonValue value = policy.get(name);
    return value == null ? null : value.toString();
  }
}
