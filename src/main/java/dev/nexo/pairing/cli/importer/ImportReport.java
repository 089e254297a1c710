package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** What an import has done, or would do, on standard output. For one thread. */
final class ImportReport {

  private final PrintStream out;
  private final ImportPlan plan;

  /** A report on that plan, done or not. */
  ImportReport(PrintStream out, ImportPlan plan) {
    this.out = out;
    this.plan = plan;
  }

  /** A line for each sender that is new, and one for the sums. */
  void lines(boolean dryRun) {
    String verb = dryRun ? "Would import " : "Imported ";
    for (Candidate one : plan.fresh()) {
      String ends = one.expiresAt() == null ? "" : " until " + one.expiresAt();
      out.println(verb + TerminalText.of(key(one)) + ends);
    }
    out.println(
        verb
            + plan.fresh().size()
            + " sender(s); "
            + plan.present().size()
            + " there already, "
            + plan.refused().size()
            + " not imported"
            + counted());
  }

  private String counted() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Integer> one : plan.counts().entrySet()) {
      text.append(", ").append(one.getValue()).append(' ').append(one.getKey());
    }
    return text.toString();
  }

  private static String key(Candidate one) {
    return new SenderKey(one.account().channel(), one.account().accountId(), one.senderId())
        .toString();
  }

  /** The same as one object. */
  void json(boolean dryRun) {
    JsonObjectBuilder counts = Json.object();
    plan.counts().forEach(counts::add);
    out.println(
        Json.object()
            .add("dry_run", dryRun)
            .add("imported", senders(plan.fresh()))
            .add("present", senders(plan.present()))
            .add("refused", refusals())
            .add("counted", counts)
            .build());
  }

  private JsonArrayBuilder refusals() {
    JsonArrayBuilder list = Json.PROVIDER.createArrayBuilder();
    for (RejectedCandidate one : plan.refused()) {
      list.add(
          Json.object()
              .add("where", one.where())
              .add("sender_id", one.what())
              .add("reason", one.reason()));
    }
    return list;
  }

  private static JsonArrayBuilder senders(List<Candidate> candidates) {
    JsonArrayBuilder list = Json.PROVIDER.createArrayBuilder();
    for (Candidate one : candidates) {
      JsonObjectBuilder row =
          Json.object()
              .add("channel", one.account().channel())
              .add("account_id", one.account().accountId())
              .add("sender_id", one.senderId());
      Json.add(row, "note", one.note());
      Json.add(row, "expires_at", one.expiresAt() == null ? null : one.expiresAt().toString());
      list.add(row);
    }
    return list;
  }
}
