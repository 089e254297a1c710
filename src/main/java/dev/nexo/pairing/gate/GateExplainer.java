package dev.nexo.pairing.gate;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DryRun;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.platform.Component;
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
import java.util.Optional;

/**
 * What the gate would say, without saying it: reads only, and never from the cache. Thread-safe.
 */
@Component
class GateExplainer {

  /** An adapter that let so many questions run out in a row is not asked the rest. */
  private static final int MOST_SILENT = 3;

  private final PairingAdapterRegistry adapters;
  private final GateStore admissions;
  private final Policies policies;
  private final Clock clock;

  @Inject
  GateExplainer(
      PairingAdapterRegistry adapters, GateStore admissions, Policies policies, Clock clock) {
    this.adapters = adapters;
    this.admissions = admissions;
    this.policies = policies;
    this.clock = clock;
  }

  Explanation explain(ChannelAccount account, String senderId) {
    Optional<String> canonical;
    try {
      canonical = adapters.normalizeSender(account.channel(), senderId);
    } catch (AdapterUnavailableException e) {
      return drop(senderId, DropReason.ADAPTER_UNAVAILABLE, null, null);
    }
    if (canonical.isEmpty()) {
      return drop(senderId, DropReason.REJECTED_SENDER, null, null);
    }
    SenderKey sender = SenderKey.of(account, canonical.get());
    SenderState state = admissions.lookUp(sender);
    AllowedSender allowed = state.allowed();
    if (state.refusal() != null) {
      return drop(sender.senderId(), state.refusal().reason(), state.refusal().since(), allowed);
    }
    if (state.isAllowedAt(clock.instant())) {
      return new Explanation(
          sender.senderId(),
          Decision.Kind.ADMIT,
          "allow_from",
          allowed.approvedAt(),
          null,
          allowed);
    }
    if (!policies.autoChallenge(account)) {
      return new Explanation(
          sender.senderId(), Decision.Kind.ADMIT, "policy_off", null, null, allowed);
    }
    ChallengeOutcome open = admissions.findOpen(sender).orElse(null);
    if (open instanceof ChallengeOutcome.Pending pending) {
      PendingRequest request = pending.request();
      return new Explanation(
          sender.senderId(),
          Decision.Kind.CHALLENGE,
          "pending",
          request.createdAt(),
          request,
          allowed);
    }
    if (open instanceof ChallengeOutcome.SlotsFull) {
      return drop(sender.senderId(), DropReason.MAX_PENDING, null, allowed);
    }
    return new Explanation(
        sender.senderId(), Decision.Kind.CHALLENGE, "unknown_sender", null, null, allowed);
  }

  private static Explanation drop(
      String senderId, DropReason reason, Instant since, AllowedSender allowed) {
    return new Explanation(senderId, Decision.Kind.DROP, reason.wireName(), since, null, allowed);
  }

  DryRun dryRun(ChannelAccount account, List<String> senderIds) {
    Map<String, String> canonicalByRaw = new LinkedHashMap<>();
    List<String> rejected = new ArrayList<>();
    int silent = 0;
    for (String raw : senderIds) {
      if (silent == MOST_SILENT) {
        rejected.add(raw);
        continue;
      }
      try {
        adapters
            .normalizeSender(account.channel(), raw)
            .ifPresentOrElse(id -> canonicalByRaw.put(raw, id), () -> rejected.add(raw));
        silent = 0;
      } catch (AdapterUnavailableException e) {
        silent++;
        rejected.add(raw);
      }
    }
    List<String> canonical = canonicalByRaw.values().stream().distinct().toList();
    Map<String, SenderState> known = admissions.lookUp(account, canonical);
    Instant now = clock.instant();
    List<String> admit = new ArrayList<>();
    List<String> challenge = new ArrayList<>();
    for (String id : canonical) {
      SenderState state = known.getOrDefault(id, SenderState.UNKNOWN);
      if (state.refusal() != null) {
        rejected.add(id);
      } else if (state.isAllowedAt(now)) {
        admit.add(id);
      } else {
        challenge.add(id);
      }
    }
    return new DryRun(admit, challenge, rejected);
  }
}
