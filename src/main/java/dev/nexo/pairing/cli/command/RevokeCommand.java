package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code revoke}: ends a sender's admission. */
@Command(
    name = "revoke",
    description = "Revoke a sender on all accounts of the channel, or on --account only.",
    footer = {
      "",
      "Examples:",
      "  nexo-pair revoke whatsapp:+15550001111",
      "  nexo-pair revoke telegram:123456789 --account support_bot",
      "  nexo-pair revoke telegram:support_bot:123456789"
    })
public final class RevokeCommand extends PairSubcommand {

  @Parameters(
      paramLabel = "<channel>:<sender>",
      description = "Channel and sender, for example whatsapp:+15550001111.")
  private String target;

  @Option(
      names = "--account",
      paramLabel = "<id>",
      description = "Only on this account (default: all accounts of the channel).")
  private String account;

  @Override
  public Integer call() {
    int colon = target.indexOf(':');
    if (colon < 1 || colon == target.length() - 1) {
      throw new CommandException(
          "Give channel and sender as one argument, like whatsapp:+15550001111");
    }
    String channel = target.substring(0, colon);
    String sender = target.substring(colon + 1);
    // The server knows whether the part before a second colon is an account.
    int second = sender.indexOf(':');
    boolean namesAccount = second > 0 && ChannelAccount.isAccount(sender.substring(0, second));
    JsonObjectBuilder body =
        Json.object().add("channel", channel).add("sender_id", namesAccount ? target : sender);
    if (account == null) {
      body.add("all_accounts", true);
    } else {
      body.add("account_id", account);
    }
    JsonObject answer = api().post("/allow-from/revoke", body.build(), "revoked");
    int revoked = answer.getInt("revoked", 0);
    boolean warned = warned(answer);
    if (!json()) {
      out()
          .println(
              TerminalText.of(
                  revoked > 0 ? "Revoked " + target : "No active row to revoke for " + target));
      out().flush();
    }
    List<String> accounts = List.of();
    if (account == null && revoked > 0) {
      try {
        accounts = accounts(channel, namesAccount ? target : sender, revoked);
      } catch (CommandException e) {
        // The sender is revoked nevertheless.
        err().println("Revoked on " + revoked + " account(s); cannot list them: " + e.getMessage());
      }
    } else if (revoked > 0) {
      accounts = List.of(account);
    }
    if (json()) {
      print(
          Json.object()
              .add("accounts", Json.PROVIDER.createArrayBuilder(accounts))
              .add("channel", channel)
              .add("revoked", revoked)
              .add("sender_id", sender)
              .add("warnings", Json.array(answer, "warnings"))
              .build());
    } else if (account == null) {
      accounts.forEach(id -> err().println("Account: " + TerminalText.of(id)));
    }
    // Nobody was revoked, and the name of the account or channel is probably mistyped.
    return revoked == 0 && warned ? FAILED : DONE;
  }

  /** Reads the accounts from the newest audit entries: the response contains only their number. */
  private List<String> accounts(String channel, String sender, int revoked) {
    Query query =
        Query.of("/audit")
            .with("channel", channel)
            .with("sender_id", sender)
            .with("limit", Math.min(1000, 2 * revoked));
    return api().list(query, "audit").getValuesAs(JsonObject.class).stream()
        .filter(entry -> "revoked".equals(Json.text(entry, "action")))
        .limit(revoked)
        .map(entry -> Json.text(entry, "account_id"))
        .sorted()
        .toList();
  }
}
