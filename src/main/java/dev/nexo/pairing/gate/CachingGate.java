package dev.nexo.pairing.gate;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.DryRun;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DecisionListener;
import dev.nexo.pairing.spi.SenderVerdict;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides with the cache of admissions or, if the sender is not cached, with the database. Changes
 * of this server and others invalidate the cache. {@link PairingGate} describes the steps.
 * Thread-safe.
 */
@Component
class CachingGate implements PairingGate {

  private static final Logger LOG = System.getLogger(CachingGate.class.getName());

  private static final long SLOWEST_NANOS =
      TimeUnit.SECONDS.toNanos(StorageUnavailableException.MAX_WAIT_SECONDS);

  private static final SenderVerdict NO_CHANNEL =
      SenderVerdict.impossible(SenderVerdict.REJECTED_REASON);

  private final PairingAdapterRegistry adapters;
  private final SenderJudge judge;
  private final GateExplainer explainer;
  private final ChangeWatch watch;
  private final Epochs epochs;
  private final AdmitCache cache;
  private final Clock clock;
  private final Ticker ticker;
  private final DecisionListener[] listeners;
  private final DroppedSenders drops;
  private final AtomicBoolean decisionsFail = new AtomicBoolean();

  @Inject
  CachingGate(
      PairingAdapterRegistry adapters,
      SenderJudge judge,
      GateExplainer explainer,
      ChangeWatch watch,
      Clock clock,
      Ticker ticker,
      Instance<DecisionListener> listeners,
      DroppedSenders drops) {
    this.adapters = adapters;
    this.judge = judge;
    this.explainer = explainer;
    this.watch = watch;
    this.epochs = watch.epochs();
    this.cache = new AdmitCache(epochs);
    this.clock = clock;
    this.ticker = ticker;
    this.listeners = listeners.stream().toArray(DecisionListener[]::new);
    this.drops = drops;
  }

  @Override
  public Decision shouldAdmit(
      String channel, String accountId, String senderId, AdmissionPolicy policy) {
    String account = accountId == null ? ChannelAccount.DEFAULT_ACCOUNT : accountId;
    SenderVerdict verdict;
    try {
      verdict = channel == null ? NO_CHANNEL : adapters.assess(channel, senderId);
    } catch (AdapterUnavailableException e) {
      return dropped(channel, account, senderId, DropReason.ADAPTER_UNAVAILABLE);
    }
    String sender = verdict.canonical();
    if (sender == null) {
      return dropped(channel, account, senderId, DropReason.of(verdict));
    }
    // A group's approval must not admit a person who has chosen this id.
    boolean prefixed =
        verdict.kind() == SenderVerdict.Kind.GROUP && senderId.contains(SenderKey.GROUP_PREFIX);
    if (prefixed || sender.startsWith(SenderKey.GROUP_PREFIX)) {
      return dropped(channel, account, senderId, DropReason.REJECTED_SENDER);
    }
    long start = ticker.read();
    Admit cached = cached(channel, account, sender, policy, start);
    if (cached != null) {
      return cached;
    }
    ChannelAccount checked = new ChannelAccount(channel, account);
    return SenderKey.isSender(sender)
        ? ask(
            SenderKey.of(checked, sender),
            policy,
            new MessageContext(null, "{}", false, accountId != null, false),
            start)
        : dropped(channel, account, sender, DropReason.REJECTED_SENDER);
  }

  @Override
  public Decision decide(SenderKey sender, AdmissionPolicy policy, MessageContext contact) {
    long start = ticker.read();
    // In a group, the person who wrote is checked, too.
    Admit cached =
        contact.memberId() == null
            ? cached(sender.channel(), sender.accountId(), sender.senderId(), policy, start)
            : null;
    return cached == null ? ask(sender, policy, contact, start) : cached;
  }

  /** Returns the admission from the cache, or null. */
  private Admit cached(
      String channel, String account, String sender, AdmissionPolicy policy, long nanos) {
    long now = clock.millis();
    int hash = AdmitTable.hash(channel, account, sender);
    Admit admitted =
        watch.isCurrent(now, nanos)
            ? cache.find(hash, channel, account, sender, policy.autoChallenge(), now)
            : null;
    if (admitted != null) {
      for (DecisionListener listener : listeners) {
        listener.admittedFromCache(channel);
      }
    }
    return admitted;
  }

  private Decision ask(
      SenderKey sender, AdmissionPolicy policy, MessageContext contact, long start) {
    Decision decision;
    SenderKey member = null;
    try (StorageBudget budget = StorageBudget.open()) {
      SenderJudge.Judgement found = judge(sender, policy, contact);
      decision = found.decision();
      member = found.member();
      if (decisionsFail.compareAndSet(true, false)) {
        LogMessage.DECISIONS_RESUMED.log(LOG);
      }
    } catch (AdapterUnavailableException e) {
      decision = new Drop(DropReason.ADAPTER_UNAVAILABLE);
    } catch (StorageUnavailableException e) {
      // DatabaseHealth has logged the cause once.
      LOG.log(Level.DEBUG, "A message is dropped because the database failed", e);
      decision = new Drop(DropReason.STORAGE);
    } catch (RuntimeException e) {
      if (decisionsFail.compareAndSet(false, true)) {
        LogMessage.DECISION_FAILED.log(LOG, e);
      }
      decision = new Drop(DropReason.STORAGE);
    }
    long nanos = ticker.read() - start;
    if (nanos > SLOWEST_NANOS) {
      // The result is too old: while the database did not answer, the admission may have been
      // revoked.
      decision = new Drop(DropReason.STORAGE);
    }
    report(sender.channel(), decision, nanos);
    if (decision instanceof Drop drop) {
      if (member == null) {
        drops.dropped(sender, drop.reason(), contact.text());
      } else {
        // The operator has to decide about the person, not about the group.
        drops.dropped(member, drop.reason(), contact.text(), sender.senderId());
      }
    }
    return decision;
  }

  private SenderJudge.Judgement judge(
      SenderKey sender, AdmissionPolicy policy, MessageContext contact) {
    int hash = AdmitTable.hash(sender.channel(), sender.accountId(), sender.senderId());
    // Read before the row: a revocation in between makes the row invalid for the cache.
    int epoch = epochs.of(hash);
    SenderJudge.Judgement found = judge.judge(sender, policy, contact);
    return found.decision() == null
        ? SenderJudge.Judgement.decided(
            cache.put(sender, hash, found.row(), found.at().toEpochMilli(), epoch))
        : found;
  }

  private Decision dropped(String channel, String account, String raw, DropReason reason) {
    ChannelAccount checked = new ChannelAccount(channel, account);
    Decision decision = new Drop(reason);
    report(channel, decision, 0);
    if (raw != null) {
      drops.dropped(new SenderKey(channel, checked.accountId(), raw.strip()), reason, null);
    }
    return decision;
  }

  private void report(String channel, Decision decision, long nanos) {
    for (DecisionListener listener : listeners) {
      listener.decided(channel, decision, nanos);
    }
  }

  @Override
  public Explanation explain(String channel, String accountId, String senderId) {
    try (StorageBudget budget = StorageBudget.open()) {
      return explainer.explain(ChannelAccount.of(channel, accountId), senderId);
    }
  }

  @Override
  public DryRun dryRun(ChannelAccount account, List<String> senderIds) {
    return explainer.dryRun(account, senderIds);
  }

  /**
   * Invalidates the cache before all other observers run, so that each of them finds the revocation
   * active.
   */
  void forget(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) PairingEvent event) {
    if (event instanceof PairingEvent.AdmissionChanged changed) {
      changed.senders().forEach(this::forget);
    } else if (event instanceof PairingEvent.Denied denied) {
      forget(denied.sender());
    } else if (event instanceof PairingEvent.Approved approved) {
      // While the policy was off, the sender may have been cached as a guest.
      forget(approved.sender());
    }
  }

  private void forget(SenderKey sender) {
    epochs.advance(AdmitTable.hash(sender.channel(), sender.accountId(), sender.senderId()));
  }
}
