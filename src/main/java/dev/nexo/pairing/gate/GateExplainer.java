package dev.nexo.pairing.gate;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DryRun;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.Explanation.Reason;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.SenderVerdict;
import dev.nexo.pairing.store.ChallengeOutcome;
import dev.nexo.pairing.store.GateStore;
import dev.nexo.pairing.store.SenderState;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Predicts decisions of the gate. Reads the database and not the cache, and changes nothing.
 * Thread-safe.
 */
@Component
class GateExplainer {

  /** The number of consecutive timeouts after which the adapter is not called again. */
  private static final int MOST_SILENT = 3;

  private final PairingAdapterRegistry adapters;
  private final GateStore store;
  private final Policies policies;
  private final Clock clock;

  @Inject
  GateExplainer(PairingAdapterRegistry adapters, GateStore store, Policies policies, Clock clock) {
    this.adapters = adapters;
    this.store = store;
    this.policies = policies;
    this.clock = clock;
  }

  Explanation explain(ChannelAccount account, String senderId) {
    SenderVerdict verdict;
    try {
      verdict = adapters.assess(account.channel(), senderId);
    } catch (AdapterUnavailableException e) {
      return drop(senderId, DropReason.ADAPTER_UNAVAILABLE, null, null);
    }
    if (verdict.canonical() == null) {
      return drop(senderId, DropReason.of(verdict), null, null);
    }
    SenderKey sender = SenderKey.of(account, verdict.canonical());
    SenderState state = store.lookUp(sender);
    AllowedSender allowed = state.allowed();
    if (state.refusal() != null) {
      return drop(sender.senderId(), state.refusal().reason(), state.refusal().since(), allowed);
    }
    if (state.isAllowedAt(clock.instant())) {
      return explanation(
          sender, Decision.Kind.ADMIT, Reason.ALLOW_FROM, allowed.approvedAt(), allowed);
    }
    AccountPolicy policy = policies.of(account);
    boolean group = verdict.kind() == SenderVerdict.Kind.GROUP;
    if (group && !policy.pairGroups()) {
      return drop(sender.senderId(), DropReason.GROUP, null, allowed);
    }
    if (!group && !policy.autoChallenge()) {
      return explanation(sender, Decision.Kind.ADMIT, Reason.POLICY_OFF, null, allowed);
    }
    ChallengeOutcome open = store.findOpen(sender, policy.challengesPerHour()).orElse(null);
    if (open instanceof ChallengeOutcome.Pending pending) {
      PendingRequest request = pending.request();
      return new Explanation(
          sender.senderId(),
          Decision.Kind.CHALLENGE,
          Reason.PENDING.wireName(),
          request.createdAt(),
          request,
          allowed);
    }
    if (open instanceof ChallengeOutcome.BudgetUsed) {
      return drop(sender.senderId(), DropReason.BUDGET, null, allowed);
    }
    return open instanceof ChallengeOutcome.SlotsFull
        ? drop(sender.senderId(), DropReason.MAX_PENDING, null, allowed)
        : explanation(sender, Decision.Kind.CHALLENGE, Reason.UNKNOWN_SENDER, null, allowed);
  }

  private static Explanation explanation(
      SenderKey sender, Decision.Kind kind, Reason reason, Instant since, AllowedSender allowed) {
    return new Explanation(sender.senderId(), kind, reason.wireName(), since, null, allowed);
  }

  private static Explanation drop(
      String senderId, DropReason reason, Instant since, AllowedSender allowed) {
    return new Explanation(senderId, Decision.Kind.DROP, reason.wireName(), since, null, allowed);
  }

  DryRun dryRun(ChannelAccount account, List<String> senderIds) {
    Map<String, SenderVerdict> byId = new LinkedHashMap<>();
    List<String> rejected = new ArrayList<>();
    int silent = 0;
    for (String raw : senderIds) {
      if (silent == MOST_SILENT) {
        rejected.add(raw);
        continue;
      }
      try {
        SenderVerdict verdict = adapters.assess(account.channel(), raw);
        silent = 0;
        if (verdict.canonical() == null) {
          rejected.add(raw);
        } else {
          byId.putIfAbsent(verdict.canonical(), verdict);
        }
      } catch (AdapterUnavailableException e) {
        silent++;
        rejected.add(raw);
      }
    }
    List<String> canonical = List.copyOf(byId.keySet());
    Map<String, SenderState> known = store.lookUp(account, canonical);
    Instant now = clock.instant();
    List<String> admit = new ArrayList<>();
    List<String> challenge = new ArrayList<>();
    for (String id : canonical) {
      SenderState state = known.getOrDefault(id, SenderState.UNKNOWN);
      if (state.refusal() != null) {
        rejected.add(id);
      } else if (state.isAllowedAt(now)) {
        admit.add(id);
      } else if (byId.get(id).kind() == SenderVerdict.Kind.GROUP
          && !policies.of(account).pairGroups()) {
        rejected.add(id);
      } else {
        challenge.add(id);
      }
    }
    return new DryRun(admit, challenge, rejected);
  }
}
