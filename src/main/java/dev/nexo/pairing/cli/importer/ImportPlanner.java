package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.PagedRows;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.client.ServerException;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/**
 * Asks the server about every sender that was found: its canonical id, whether it is admitted, and
 * whether the operator has denied it. The server's decisions are newer than the source and have
 * precedence: a sender who was revoked, denied or blocked there, or has expired, is refused.
 * Changes nothing. For one thread.
 */
final class ImportPlanner {

  private final Api api;
  private final Set<SenderKey> seen = new HashSet<>();

  ImportPlanner(Api api) {
    this.api = api;
  }

  /**
   * Creates the plan for the contents of a source.
   *
   * @throws CommandException if the server refuses, fails or cannot be reached
   */
  ImportPlan plan(SourceContents findings) {
    ImportPlan plan = ImportPlan.of(findings);
    for (Candidate candidate : findings.candidates()) {
      try {
        check(candidate, plan);
      } catch (ServerException e) {
        if (e.status() != 400) {
          throw e;
        }
        plan.refuse(candidate, e.getMessage());
      }
    }
    return plan;
  }

  private void check(Candidate candidate, ImportPlan plan) {
    JsonObject answer =
        api.get(query("/explain", candidate).with("sender_id", candidate.senderId()), "reason");
    String id = Json.text(answer, "sender_id");
    String reason = Json.text(answer, "reason");
    if (id == null || reason == null) {
      throw new CommandException(
          "The server's answer is not valid; check that the server is not older than nexo-pair");
    }
    String refusal = refusal(reason, candidate);
    if (refusal != null) {
      plan.refuse(candidate, refusal);
      return;
    }
    // Two spellings in the source are one sender here.
    if (!seen.add(SenderKey.of(candidate.account(), id))) {
      return;
    }
    Candidate canonical =
        new Candidate(
            candidate.where(), candidate.account(), id, candidate.note(), candidate.expiresAt());
    if (reason.equals("allow_from")) {
      plan.present().add(canonical);
      return;
    }
    JsonObject row = row(canonical, answer);
    if (row == null) {
      plan.admit(canonical, answer);
    } else {
      plan.refuse(candidate, past(row));
    }
  }

  private static String refusal(String reason, Candidate candidate) {
    return switch (reason) {
      case "rejected_sender" ->
          "the channel " + candidate.account().channel() + " does not accept this sender id";
      case "group" ->
          "it is a group and not a person; to admit it, use nexo-pair seed with the id "
              + (candidate.senderId().startsWith("-") ? "" : SenderKey.GROUP_PREFIX)
              + candidate.senderId();
      case "shared_sender" -> "many people write under this sender id";
      case "adapter_unavailable" -> "the channel's adapter does not respond; try again";
      case "denied" -> "it was denied here; wait until the denial expires, or use nexo-pair seed";
      case "blocked" -> "it is blocked here; use nexo-pair unblock first";
      default -> null;
    };
  }

  /** Returns the sender's inactive row, or null; {@code /explain} may show a pending request. */
  private JsonObject row(Candidate candidate, JsonObject answer) {
    JsonObject row = answer.get("row") instanceof JsonObject shown ? shown : null;
    if (row != null && row.containsKey("approved_at")) {
      return row;
    }
    String reason = Json.text(answer, "reason");
    if (!"pending".equals(reason) && !"max_pending".equals(reason)) {
      return null;
    }
    PagedRows rows =
        new PagedRows(
            api,
            () ->
                query("/allow-from", candidate)
                    .with("q", candidate.senderId())
                    .with("include_revoked", true),
            "allow");
    while (rows.hasNext()) {
      JsonObject one = rows.next();
      if (candidate.senderId().equals(Json.text(one, "sender_id"))) {
        return one;
      }
    }
    return null;
  }

  private static String past(JsonObject row) {
    String revoked = Json.text(row, "revoked_at");
    return revoked == null
        ? "it expired here at " + Json.text(row, "expires_at") + "; use nexo-pair seed"
        : "it was revoked here at " + revoked + "; use nexo-pair seed";
  }

  private static Query query(String path, Candidate candidate) {
    return Query.of(path)
        .with("channel", candidate.account().channel())
        .with("account_id", candidate.account().accountId());
  }
}
