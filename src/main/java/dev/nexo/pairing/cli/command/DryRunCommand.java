package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.PrettyJson;
import dev.nexo.pairing.cli.terminal.Table;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.BufferedInputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dry-run}: shows which senders the policy would challenge. */
@Command(
    name = "dry-run",
    description = "Show which of these senders would be challenged. Changes nothing.",
    footer = {
      "",
      "Examples:",
      "  nexo-pair dry-run whatsapp default +15550001111 +15550002222",
      "  cut -d, -f1 customers.csv | nexo-pair dry-run whatsapp default -"
    })
public final class DryRunCommand extends PairSubcommand {

  /** The names of the lists in the response, in the order of the output. */
  private static final List<String> DECISIONS = List.of("challenge", "rejected", "admit");

  private static final int PIECE = 1000;

  /** A request may have 1 MiB; a sender id that JSON escapes takes six bytes a character. */
  private static final int PIECE_CHARACTERS = 100_000;

  @Mixin private SenderParameters.Account account;

  @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "<sender>",
      description = "The senders, or - for standard input.")
  private List<String> senders;

  private final long[] counts = new long[DECISIONS.size()];

  @Override
  public Integer call() {
    Iterator<SeedEntry> all =
        senders.equals(List.of("-"))
            ? new SenderLines(new BufferedInputStream(around().in()), "-", AllowTerms.NONE)
            : SenderLines.of(senders, AllowTerms.NONE);
    warned(FilterOptions.checked(api(), account.channel, account.id));
    Iterator<JsonObject> results = new ChunkedRows(all, this::ask);
    if (json()) {
      new PrettyJson(out()).print(Map.of("results", results));
      return DONE;
    }
    around().table();
    Table table = new Table(around(), 10);
    table.head("DECISION", "SENDER");
    rows(table, results, "decision", "sender_id");
    out()
        .println(
            "%d would be challenged, %d rejected, %d admitted"
                .formatted(counts[0], counts[1], counts[2]));
    return DONE;
  }

  private List<JsonObject> ask(Iterator<SeedEntry> all) {
    JsonArrayBuilder piece = Json.PROVIDER.createArrayBuilder();
    int characters = 0;
    for (int i = 0; i < PIECE && characters < PIECE_CHARACTERS && all.hasNext(); i++) {
      String sender = all.next().senderId();
      characters += sender.length();
      piece.add(sender);
    }
    JsonObject body =
        Json.object()
            .add("channel", account.channel)
            .add("account_id", account.id)
            .add("sender_ids", piece)
            .build();
    return results(api().post("/allow-from/dry-run", body, "rejected"));
  }

  private List<JsonObject> results(JsonObject answer) {
    List<JsonObject> results = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      String decision = DECISIONS.get(i);
      for (JsonString sender : Json.array(answer, decision).getValuesAs(JsonString.class)) {
        results.add(
            Json.object().add("decision", decision).add("sender_id", sender.getString()).build());
        counts[i]++;
      }
    }
    return results;
  }
}
