package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.Seeder;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Does what a plan says, account by account. For one thread. */
final class ImportExecutor {

  private final Api api;
  private final Clock clock;

  /** Changes that server, by that time. */
  ImportExecutor(Api api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * Puts them into allow-from, and sets the ends of those that have one. Whom the server rejects
   * after all goes from the plan's new ones to its refused ones, and so does whose end has come
   * meanwhile or cannot be set: nobody stays in for good who has an end in the source. To seed and
   * to set the end are two calls, and whoever is in already is never changed by an import; so where
   * the second fails, the sender is revoked again at once.
   *
   * @throws CommandException where the server fails on the way; to import again goes on from there.
   *     It names the sender who could not be revoked again, if there is one
   */
  void run(ImportPlan plan) {
    Map<ChannelAccount, List<Candidate>> byAccount =
        plan.fresh().stream()
            .collect(
                Collectors.groupingBy(Candidate::account, LinkedHashMap::new, Collectors.toList()));
    byAccount.forEach((account, candidates) -> run(account, candidates, plan));
  }

  private void run(ChannelAccount account, List<Candidate> candidates, ImportPlan plan) {
    Rejections rejections = new Rejections(account, plan);
    // Whoever has an end gets it at once, and not after a thousand others.
    for (Candidate candidate : candidates) {
      if (candidate.expiresAt() != null) {
        runWithEnd(candidate, rejections, plan);
      }
    }
    seeder(account, rejections)
        .seed(
            candidates.stream()
                .filter(candidate -> candidate.expiresAt() == null)
                .map(ImportExecutor::entry)
                .iterator());
  }

  private void runWithEnd(Candidate candidate, Rejections rejections, ImportPlan plan) {
    if (!clock.instant().isBefore(candidate.expiresAt())) {
      refuse(plan, candidate, "the admission ended at " + candidate.expiresAt());
      return;
    }
    try {
      seeder(candidate.account(), rejections).seed(List.of(entry(candidate)).iterator());
    } catch (CommandException e) {
      // The answer may be lost and the sender in all the same.
      revoke(candidate, e);
      throw e;
    }
    if (!plan.fresh().contains(candidate)) {
      return;
    }
    try {
      end(candidate);
    } catch (CommandException e) {
      revoke(candidate, e);
      refuse(
          plan,
          candidate,
          "its end could not be set, so it was revoked again (" + e.getMessage() + ")");
    }
  }

  private static void refuse(ImportPlan plan, Candidate candidate, String reason) {
    plan.fresh().remove(candidate);
    plan.refused().add(new RejectedCandidate(candidate.where(), candidate.senderId(), reason));
  }

  private void revoke(Candidate candidate, CommandException why) {
    try {
      api.post("/allow-from/revoke", key(candidate).build());
    } catch (CommandException e) {
      throw new CommandException(
          TerminalText.of(
              candidate.account().channel()
                  + ":"
                  + candidate.senderId()
                  + " on account "
                  + candidate.account().accountId()
                  + " may be admitted without its end; revoke it with nexo-pair revoke ("
                  + why.getMessage()
                  + ")"),
          e);
    }
  }

  private Seeder seeder(ChannelAccount account, Rejections rejections) {
    return new Seeder(api, account.channel(), account.accountId(), rejections);
  }

  private static SeedEntry entry(Candidate candidate) {
    return new SeedEntry(candidate.senderId(), candidate.note());
  }

  private void end(Candidate candidate) {
    api.post(
        "/allow-from/update",
        key(candidate).add("expires_at", candidate.expiresAt().toString()).build());
  }

  private static JsonObjectBuilder key(Candidate candidate) {
    return Json.object()
        .add("channel", candidate.account().channel())
        .add("account_id", candidate.account().accountId())
        .add("sender_id", candidate.senderId());
  }

  /** Corrects a plan by what the server rejects. */
  private record Rejections(ChannelAccount account, ImportPlan plan) implements Seeder.Listener {

    @Override
    public void rejected(SeedReport.Rejected one) {
      plan.fresh()
          .removeIf(
              candidate ->
                  candidate.account().equals(account)
                      && candidate.senderId().equals(one.senderId()));
      plan.refused().add(new RejectedCandidate("the server", one.senderId(), one.reason()));
    }

    @Override
    public void progress(long sent) {
      // An import is planned sender by sender; seeding is the short part of it.
    }
  }
}
