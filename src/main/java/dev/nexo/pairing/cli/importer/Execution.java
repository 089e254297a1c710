package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.cli.Api;
import dev.nexo.pairing.cli.Json;
import dev.nexo.pairing.cli.Seeder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Does what a plan says, account by account. For one thread. */
final class Execution {

  private final Api api;

  /** Changes that server. */
  Execution(Api api) {
    this.api = api;
  }

  /**
   * Puts them into allow-from, and sets the ends of those that have one. Whom the server rejects
   * after all goes from the plan's new ones to its refused ones.
   *
   * @throws dev.nexo.pairing.cli.CommandFault where the server fails on the way; to import again
   *     goes on from there
   */
  void run(Plan plan) {
    Map<ChannelAccount, List<Candidate>> byAccount =
        plan.fresh().stream()
            .collect(
                Collectors.groupingBy(Candidate::account, LinkedHashMap::new, Collectors.toList()));
    byAccount.forEach((account, candidates) -> run(account, candidates, plan));
  }

  private void run(ChannelAccount account, List<Candidate> candidates, Plan plan) {
    Rejections rejections = new Rejections(account, plan);
    // Whoever has an end gets it at once, and not after a thousand others.
    for (Candidate candidate : candidates) {
      if (candidate.expiresAt() != null) {
        seeder(account, rejections).seed(List.of(entry(candidate)).iterator());
        if (plan.fresh().contains(candidate)) {
          end(candidate);
        }
      }
    }
    seeder(account, rejections)
        .seed(
            candidates.stream()
                .filter(candidate -> candidate.expiresAt() == null)
                .map(Execution::entry)
                .iterator());
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
        Json.object()
            .add("channel", candidate.account().channel())
            .add("account_id", candidate.account().accountId())
            .add("sender_id", candidate.senderId())
            .add("expires_at", candidate.expiresAt().toString())
            .build());
  }

  /** Corrects a plan by what the server rejects. */
  private record Rejections(ChannelAccount account, Plan plan) implements Seeder.Listener {

    @Override
    public void rejected(SeedReport.Rejected one) {
      plan.fresh()
          .removeIf(
              candidate ->
                  candidate.account().equals(account)
                      && candidate.senderId().equals(one.senderId()));
      plan.refused().add(new Refusal("the server", one.senderId(), one.reason()));
    }

    @Override
    public void progress(long sent) {
      // An import is planned sender by sender; seeding is the short part of it.
    }
  }
}
