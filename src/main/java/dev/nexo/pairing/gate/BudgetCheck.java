package dev.nexo.pairing.gate;

import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.GateStore;
import dev.nexo.pairing.store.UsedBudget;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Reports the accounts that drop strangers because of their budget. Thread-safe. */
@Component
class BudgetCheck implements DoctorCheck {

  private static final String NAME = "challenge_budget";

  /** The maximum number of accounts that are named. */
  private static final int MAX_NAMED = 20;

  private final GateStore store;
  private final Policies policies;

  @Inject
  BudgetCheck(GateStore store, Policies policies) {
    this.store = store;
    this.policies = policies;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings =
        store.usedBudgets(MAX_NAMED).stream()
            .filter(used -> used.challenges() >= limit(used))
            .map(this::finding)
            .toList();
    return findings.isEmpty()
        ? List.of(Finding.ok(NAME, "No stranger was dropped because of a budget within the hour."))
        : findings;
  }

  private int limit(UsedBudget used) {
    return policies.of(used.account()).challengesPerHour();
  }

  private Finding finding(UsedBudget used) {
    Instant until = used.until().truncatedTo(ChronoUnit.SECONDS);
    return DoctorMessage.BUDGET_USED.finding(
        NAME,
        used.account().channel(),
        used.account().accountId(),
        used.challenges(),
        limit(used),
        until);
  }
}
