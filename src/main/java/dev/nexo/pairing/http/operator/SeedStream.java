package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import dev.nexo.pairing.problem.Violation;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Seeds senders from a stream of lines, in batches of {@value #BATCH}. Each batch is committed
 * before the next is read. If a line is invalid or the connection is interrupted, all complete
 * lines before that are seeded. Seeding is idempotent, so that a caller can send the whole stream
 * again. Not thread-safe, for one stream.
 */
final class SeedStream {

  /** The number of lines in one transaction. */
  static final int BATCH = 1000;

  /** Why a sender in the form {@code channel:account:id} of another account is rejected. */
  private static final String OTHER_ACCOUNT = "other_account";

  private final PairingStore store;
  private final SenderParser senders;
  private final ChannelAccount account;
  private final Actor by;
  private final List<SeedEntry> batch = new ArrayList<>(BATCH);
  private final List<SeedReport.Rejected> rejected = new ArrayList<>();
  private final JsonArrayBuilder warnings;
  private int warned;
  private long seeded;
  private long rejectedCount;

  SeedStream(PairingStore store, SenderParser senders, ChannelAccount account, Actor by) {
    this.store = store;
    this.senders = senders;
    this.account = account;
    // Asked before seeding, which makes the account known.
    this.warnings = StrictJson.array();
    senders.warnings(account).forEach(warnings::add);
    this.by = by;
  }

  /**
   * Reads the stream to its end.
   *
   * @throws ProblemException if a line is malformed (400) or too long (413); names the line and how
   *     many lines were seeded before it
   * @throws IOException if the connection is interrupted
   */
  SeedReport read(InputStream in) throws IOException {
    NdjsonLines lines = new NdjsonLines(in);
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        StorageBudget.renew();
        add(entry(line), false);
        if (batch.size() == BATCH) {
          commit();
        }
      }
    } catch (ProblemException e) {
      commit();
      throw refused(lines.number(), e.problem());
    } catch (NdjsonLines.LineTooLongException e) {
      commit();
      throw refused(
          lines.number(), Problem.of(ProblemType.TOO_LARGE, "A line must be at most 64 KiB."));
    } catch (IOException e) {
      commit();
      throw e;
    }
    commit();
    return new SeedReport(seeded, rejected, rejectedCount);
  }

  /** Returns the warnings about the account and about the first senders. */
  JsonArray warnings() {
    return warnings.build();
  }

  /**
   * Seeds these senders in one transaction.
   *
   * @param terms the terms of all of them
   * @param exact whether they are ids, never with channel and account in front
   */
  SeedReport seed(List<String> senderIds, AllowTerms terms, boolean exact) {
    senderIds.forEach(id -> add(entry(id, terms), exact));
    commit();
    return new SeedReport(seeded, rejected, rejectedCount);
  }

  private void add(SeedEntry entry, boolean exact) {
    try {
      String id = exact ? entry.senderId().strip() : senders.id(account, entry.senderId());
      batch.add(entry(id, entry.terms()));
      if (warned < SeedReport.MAX_NAMED) {
        warned += senders.addWarnings(warnings, account, id);
      }
    } catch (InvalidValueException e) {
      rejectedCount++;
      if (rejected.size() < SeedReport.MAX_NAMED) {
        rejected.add(new SeedReport.Rejected(entry.senderId(), OTHER_ACCOUNT));
      }
    }
  }

  private static SeedEntry entry(byte[] line) {
    JsonFields fields = new JsonFields(StrictJson.parse(line));
    String senderId = fields.requiredText("sender_id");
    AllowTerms terms = TermsFields.read(fields, null, fields.text("note"));
    fields.end();
    return entry(senderId, terms);
  }

  private static SeedEntry entry(String senderId, AllowTerms terms) {
    return new SeedEntry(
        senderId, terms.note(), terms.role(), terms.labels(), terms.idle(), terms.membersOnly());
  }

  private void commit() {
    if (batch.isEmpty()) {
      return;
    }
    SeedReport report = store.seed(account, List.copyOf(batch), by);
    batch.clear();
    seeded += report.seeded();
    rejectedCount += report.rejectedCount();
    int left = SeedReport.MAX_NAMED - rejected.size();
    rejected.addAll(report.rejected().subList(0, Math.min(left, report.rejected().size())));
  }

  private ProblemException refused(long line, Problem fault) {
    String detail =
        "Line %d: %s The lines before it were processed (%d seeded, %d rejected). Fix the line and"
            .formatted(line, fault.detail(), seeded, rejectedCount);
    List<Violation> violations =
        fault.violations().stream()
            .map(v -> new Violation("line " + line + ": " + v.field(), v.message()))
            .toList();
    return new ProblemException(
        new Problem(
            fault.type(),
            detail + " send the whole stream again.",
            violations,
            fault.remedies(),
            fault.headers()));
  }
}
