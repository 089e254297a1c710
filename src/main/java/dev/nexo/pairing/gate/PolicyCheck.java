package dev.nexo.pairing.gate;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.ConfigurationException;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Warns if everyone is admitted because the policy is off, or if an account challenges strangers
 * and has an empty allow-from, so that no one is admitted. Thread-safe.
 */
@Component
class PolicyCheck implements DoctorCheck {

  private static final String POLICY = "policy";
  private static final String NOBODY = "nobody_allowed";

  private static final Logger LOG = System.getLogger(PolicyCheck.class.getName());

  /** The maximum number of accounts of the database that the start compares. */
  private static final int MAX_KNOWN = 10_000;

  /** The maximum number of accounts that are checked, with one query each. */
  private static final int MAX_ACCOUNTS = 200;

  /** The maximum number of empty accounts that are named. */
  private static final int MAX_NAMED = 20;

  private static final Comparator<ChannelAccount> ORDER =
      Comparator.comparing(ChannelAccount::channel).thenComparing(ChannelAccount::accountId);

  private final Policies policies;
  private final PairingStore store;
  private final Clock clock;

  @Inject
  PolicyCheck(Policies policies, PairingStore store, Clock clock) {
    this.policies = policies;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Stops the start if an environment variable fits more than one account. If the database does not
   * respond, the accounts are not known; then the variable opens none that is not configured.
   *
   * @throws ConfigurationException naming the variable and the accounts
   */
  void check(@Observes @Initialized(ApplicationScoped.class) Object started) {
    try {
      requireUnambiguous(policies);
    } catch (ConfigurationException e) {
      LogMessage.CONFIGURATION_INVALID.log(LOG, e.getMessage());
      throw e;
    }
  }

  /**
   * Refuses changed policies for the same reason.
   *
   * @throws ConfigurationException naming the variable and the accounts
   */
  void check(@Observes Policies.Proposed proposed) {
    requireUnambiguous(proposed.policies());
  }

  private void requireUnambiguous(Policies checked) {
    List<ChannelAccount> known;
    try {
      known = store.accounts(MAX_KNOWN);
    } catch (StorageUnavailableException e) {
      return;
    }
    checked.requireUnambiguous(known);
  }

  @Override
  public String name() {
    return POLICY;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(policy());
    Set<ChannelAccount> challenging = challenging();
    challenging.forEach(
        account ->
            policies
                .ignoredVariable(account)
                .map(variable -> ignored(variable, account))
                .ifPresent(findings::add));
    List<ChannelAccount> empty = challenging.stream().filter(account -> !anybody(account)).toList();
    empty.stream().limit(MAX_NAMED).map(PolicyCheck::nobody).forEach(findings::add);
    if (empty.size() > MAX_NAMED) {
      int more = empty.size() - MAX_NAMED;
      findings.add(DoctorMessage.NOBODY_ALLOWED_ON_OTHERS.finding(NOBODY, more));
    }
    return findings;
  }

  private Finding policy() {
    return policies.anyChallenge()
        ? Finding.ok(POLICY, "Strangers are challenged on the configured accounts.")
        : DoctorMessage.POLICY_OFF.finding(POLICY);
  }

  /**
   * Returns the accounts of the configuration and the database on which strangers are challenged.
   */
  private Set<ChannelAccount> challenging() {
    Set<ChannelAccount> accounts = new TreeSet<>(ORDER);
    policies.accounts().stream().limit(MAX_ACCOUNTS).forEach(accounts::add);
    accounts.addAll(store.accounts(MAX_ACCOUNTS));
    accounts.removeIf(account -> !policies.autoChallenge(account));
    return accounts;
  }

  private boolean anybody(ChannelAccount account) {
    AccountFilter filter = new AccountFilter(account.channel(), account.accountId());
    Page<AllowedSender> page =
        store.allowed(
            new AllowFilter(filter, null, false), new PageRequest(PageRequest.MAX_LIMIT, null));
    Instant now = clock.instant();
    // An account with more than one page is not empty.
    return page.next() != null || page.items().stream().anyMatch(row -> row.inForceAt(now));
  }

  private static Finding ignored(String variable, ChannelAccount account) {
    return DoctorMessage.POLICY_VARIABLE_IGNORED.finding(
        POLICY,
        variable,
        account.channel() + ":" + account.accountId(),
        account.channel() + "." + account.accountId());
  }

  private static Finding nobody(ChannelAccount account) {
    return DoctorMessage.NOBODY_ALLOWED.finding(NOBODY, account.channel(), account.accountId());
  }
}
