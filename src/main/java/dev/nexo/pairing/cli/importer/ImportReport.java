package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintStream;
import java.util.List;

/** Prints the result of an import or of a dry run. For one thread. */
final class ImportReport {

  private final ImportPlan plan;

  ImportReport(ImportPlan plan) {
    this.plan = plan;
  }

  /** Prints a line for each new sender, and one for the totals. */
  void lines(PrintStream out, boolean dryRun) {
    String verb = dryRun ? "Would import " : "Imported ";
    for (Candidate one : plan.fresh()) {
      String ends = one.expiresAt() == null ? "" : " until " + one.expiresAt();
      SenderKey key = SenderKey.of(one.account(), one.senderId());
      out.println(verb + TerminalText.of(key.toString()) + ends);
    }
    StringBuilder counted = new StringBuilder();
    plan.counts()
        .forEach((kind, count) -> counted.append(", ").append(count).append(' ').append(kind));
    out.println(
        verb
            + plan.fresh().size()
            + " sender(s); "
            + plan.present().size()
            + " already admitted, "
            + plan.refused().size()
            + " not imported"
            + counted);
  }

  /** Returns the result as one JSON object. */
  JsonObject json(boolean dryRun) {
    JsonArrayBuilder refused = Json.PROVIDER.createArrayBuilder();
    for (RejectedCandidate one : plan.refused()) {
      refused.add(
          Json.object()
              .add("where", one.where())
              .add("sender_id", one.what())
              .add("reason", one.reason()));
    }
    JsonArrayBuilder warnings = Json.PROVIDER.createArrayBuilder();
    plan.warnings().forEach(warnings::add);
    JsonObjectBuilder counts = Json.object();
    plan.counts().forEach(counts::add);
    return Json.object()
        .add("dry_run", dryRun)
        .add("imported", senders(plan.fresh()))
        .add("present", senders(plan.present()))
        .add("refused", refused)
        .add("counted", counts)
        .add("warnings", warnings)
        .build();
  }

  private static JsonArrayBuilder senders(List<Candidate> candidates) {
    JsonArrayBuilder list = Json.PROVIDER.createArrayBuilder();
    for (Candidate one : candidates) {
      JsonObjectBuilder row = one.key();
      Json.add(row, "note", one.note());
      Json.add(row, "expires_at", one.expiresAt() == null ? null : one.expiresAt().toString());
      list.add(row);
    }
    return list;
  }
}
