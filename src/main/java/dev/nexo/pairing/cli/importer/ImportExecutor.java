package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.client.Seeder;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries out a plan, account by account. For one thread. */
final class ImportExecutor {

  private final Api api;
  private final Clock clock;

  ImportExecutor(Api api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * Admits the plan's new senders, and sets the expiry of those who have one in the source. Moves
   * senders to the refused ones if the server rejects them, if they have expired, or if the expiry
   * cannot be set. No sender with an expiry in the source stays admitted without one: seeding and
   * setting the expiry are two calls, so if the second fails, the sender is revoked at once.
   * Senders who are admitted already are never changed.
   *
   * @throws CommandException if the server fails; repeating the import continues from there. The
   *     message names the sender who could not be revoked, if there is one
   */
  void run(ImportPlan plan) {
    Map<ChannelAccount, List<Candidate>> byAccount =
        plan.fresh().stream()
            .collect(
                Collectors.groupingBy(Candidate::account, LinkedHashMap::new, Collectors.toList()));
    byAccount.forEach(
        (account, candidates) -> {
          // One by one, so that a sender gets the expiry immediately after the admission.
          candidates.stream()
              .filter(candidate -> candidate.expiresAt() != null)
              .forEach(candidate -> runWithEnd(candidate, plan));
          seed(
              account,
              candidates.stream().filter(candidate -> candidate.expiresAt() == null),
              plan);
        });
  }

  private void seed(ChannelAccount account, Stream<Candidate> candidates, ImportPlan plan) {
    new Seeder(api, account.channel(), account.accountId(), one -> rejected(account, one, plan))
        .seed(candidates.map(one -> new SeedEntry(one.senderId(), one.note())).iterator());
  }

  private static void rejected(ChannelAccount account, SeedReport.Rejected one, ImportPlan plan) {
    plan.fresh()
        .removeIf(
            candidate ->
                candidate.account().equals(account) && candidate.senderId().equals(one.senderId()));
    plan.refused().add(new RejectedCandidate("the server", one.senderId(), one.reason()));
  }

  private void runWithEnd(Candidate candidate, ImportPlan plan) {
    if (!clock.instant().isBefore(candidate.expiresAt())) {
      plan.fresh().remove(candidate);
      plan.refuse(candidate, "it expired at " + candidate.expiresAt());
      return;
    }
    try {
      seed(candidate.account(), Stream.of(candidate), plan);
    } catch (CommandException e) {
      // The sender may be admitted even if the response was lost.
      revoke(candidate, e);
      throw e;
    }
    if (!plan.fresh().contains(candidate)) {
      return;
    }
    try {
      api.post(
          "/allow-from/update",
          candidate.key().add("expires_at", candidate.expiresAt().toString()).build(),
          "sender_id");
    } catch (CommandException e) {
      revoke(candidate, e);
      plan.fresh().remove(candidate);
      plan.refuse(
          candidate, "its expiry could not be set, so it was revoked (" + e.getMessage() + ")");
    }
  }

  private void revoke(Candidate candidate, CommandException why) {
    try {
      api.post("/allow-from/revoke", candidate.key().build(), "revoked");
    } catch (CommandException e) {
      throw new CommandException(
          TerminalText.of(
              candidate.account().channel()
                  + ":"
                  + candidate.senderId()
                  + " on account "
                  + candidate.account().accountId()
                  + " may be admitted without its expiry; revoke it with nexo-pair revoke ("
                  + why.getMessage()
                  + ")"),
          e);
    }
  }
}
