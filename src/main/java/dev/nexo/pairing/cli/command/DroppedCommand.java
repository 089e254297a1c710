package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.PrettyJson;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.Table;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dropped}: lists the senders whose messages were dropped, and decides about many. */
@Command(
    name = "dropped",
    description = "List senders whose messages were dropped, or decide about many of them.",
    footer = {
      "",
      "With approve, block or deny, the ids are taken literally, as the list has them.",
      "",
      "Examples:",
      "  nexo-pair dropped",
      "  nexo-pair dropped list --channel whatsapp --reason max_pending",
      "  nexo-pair dropped approve whatsapp default +15550001111 +15550002222",
      "  nexo-pair dropped block whatsapp default - < senders.txt"
    })
public final class DroppedCommand extends PairSubcommand {

  private static final String LIST = "list";

  /** The results in the output, by action. */
  private static final Map<String, String> DECIDED =
      Map.of("approve", "Approved", "block", "Blocked", "deny", "Denied");

  private static final int PIECE = 1000;

  /** A request may have 1 MiB; a sender id that JSON escapes takes six bytes a character. */
  private static final int PIECE_CHARACTERS = 50_000;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "<action>",
      completionCandidates = KnownWords.Actions.class,
      description = "list, approve, block or deny (default: list).")
  private String action = LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "<channel>",
      description = "Channel of the senders, for example whatsapp.")
  private String ofChannel;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "<account>",
      description = "Your account on the channel, often default.")
  private String ofAccount;

  @Parameters(
      index = "3..*",
      arity = "0..*",
      paramLabel = "<sender>",
      description = "The senders, or - for standard input.")
  private List<String> senders = List.of();

  @Mixin private FilterOptions filter;

  @Option(
      names = "--reason",
      paramLabel = "<reason>",
      description = "List only this reason, for example max_pending.")
  private String reason;

  private long done;
  private boolean rejected;

  @Override
  public Integer call() {
    if (action.equals(LIST)) {
      if (ofChannel != null) {
        throw new CommandException(
            "list takes options, not parameters. Run: nexo-pair dropped list --channel <channel>");
      }
      list();
      return DONE;
    }
    if (!DECIDED.containsKey(action)) {
      throw new CommandException(
          "The action must be list, approve, block or deny. Run: nexo-pair dropped --help");
    }
    if (senders.isEmpty()) {
      throw new CommandException(
          "Name the channel, the account and the senders, or - for standard input");
    }
    return decide();
  }

  private void list() {
    Iterator<JsonObject> rows = pages(this::query, "dropped");
    if (!isTable("dropped", rows, "No dropped messages.", filter)) {
      return;
    }
    Table table = new Table(around(), 24, 14, 16, 26, 20, 8).time(0);
    table.head("LAST", "CHANNEL", "ACCOUNT", "SENDER", "REASON", "COUNT", "MESSAGE");
    while (rows.hasNext()) {
      JsonObject row = rows.next();
      table.row(
          time(row, "last_at"),
          Json.text(row, "channel"),
          Json.text(row, "account_id"),
          Json.text(row, "sender_id"),
          Json.text(row, "reason"),
          String.valueOf(row.getJsonNumber("count").longValue()),
          message(row));
    }
  }

  /** The last text, with the group in which it was written. */
  private static String message(JsonObject row) {
    String text = Json.text(row, "text");
    String group = Json.text(row, "group_id");
    if (group == null) {
      return text;
    }
    return "[" + group + "]" + (text == null ? "" : " " + text);
  }

  private Query query() {
    return filter.of("/dropped").with("reason", reason);
  }

  private int decide() {
    Iterator<SeedEntry> all =
        senders.equals(List.of("-"))
            ? new SenderLines(new BufferedInputStream(around().in()), "-", AllowTerms.NONE)
            : SenderLines.of(senders, AllowTerms.NONE);
    // Asked before, because a decision makes the account known.
    warned(FilterOptions.checked(api(), ofChannel, ofAccount));
    Iterator<JsonObject> results = new ChunkedRows(all, this::decidePiece);
    if (json()) {
      new PrettyJson(out()).print(Map.of("results", results));
      return rejected ? FAILED : DONE;
    }
    results.forEachRemaining(one -> {});
    out().println("%s %d sender(s)".formatted(DECIDED.get(action), done));
    return rejected ? FAILED : DONE;
  }

  private List<JsonObject> decidePiece(Iterator<SeedEntry> all) {
    JsonArrayBuilder piece = Json.PROVIDER.createArrayBuilder();
    int characters = 0;
    for (int i = 0; i < PIECE && characters < PIECE_CHARACTERS && all.hasNext(); i++) {
      String sender = all.next().senderId();
      characters += sender.length() + ofChannel.length() + ofAccount.length();
      piece.add(
          Json.object()
              .add("channel", ofChannel)
              .add("account_id", ofAccount)
              .add("sender_id", sender));
    }
    JsonObject body = Json.object().add("action", action).add("senders", piece).build();
    JsonObject answer = api().post("/dropped/decide", body, "results");
    List<JsonObject> results = Json.array(answer, "results").getValuesAs(JsonObject.class);
    for (JsonObject one : results) {
      String result = Json.text(one, "result");
      if ("done".equals(result)) {
        done++;
      } else if ("rejected".equals(result)) {
        rejected = true;
        String line = Json.text(one, "sender_id") + " (" + Json.text(one, "reason") + ")";
        err().println("Rejected: " + TerminalText.of(line));
      }
    }
    return results;
  }
}
