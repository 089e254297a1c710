package dev.nexo.pairing.testkit;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DryRun;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.spi.SenderVerdict;
import dev.nexo.pairing.testkit.PairingRows.Pending;
import dev.nexo.pairing.testkit.PairingRows.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides from the rows in memory; {@link PairingGateContract} says how. Caches nothing. */
final class MemoryGate implements PairingGate {

  private final PairingRows rows;
  private final PairingAdapterRegistry adapters;

  MemoryGate(PairingRows rows, PairingAdapterRegistry adapters) {
    this.rows = rows;
    this.adapters = adapters;
  }

  @Override
  public Decision shouldAdmit(
      String channel, String accountId, String senderId, AdmissionPolicy policy) {
    ChannelAccount account = ChannelAccount.of(channel, accountId);
    SenderVerdict verdict;
    try {
      verdict = adapters.assess(channel, senderId);
    } catch (AdapterUnavailableException e) {
      return new Drop(DropReason.ADAPTER_UNAVAILABLE);
    }
    String sender = verdict.canonical();
    if (sender == null) {
      return new Drop(DropReason.of(verdict));
    }
    if (sender.startsWith(SenderKey.GROUP_PREFIX) || !SenderKey.isSender(sender)) {
      return new Drop(DropReason.REJECTED_SENDER);
    }
    MessageContext nothing = new MessageContext(null, "{}", false, accountId != null, false);
    return decide(SenderKey.of(account, sender), policy, nothing);
  }

  @Override
  public Decision decide(SenderKey sender, AdmissionPolicy policy, MessageContext contact) {
    synchronized (rows) {
      try {
        return judge(sender, policy, contact, rows.begin());
      } catch (AdapterUnavailableException e) {
        return new Drop(DropReason.ADAPTER_UNAVAILABLE);
      } catch (StorageUnavailableException e) {
        return new Drop(DropReason.STORAGE);
      }
    }
  }

  private Decision judge(
      SenderKey sender, AdmissionPolicy policy, MessageContext contact, Instant now) {
    Optional<Refusal> refusal = rows.refusal(sender, now);
    if (refusal.isPresent()) {
      return new Drop(refusal.get().dropReason());
    }
    Optional<AllowedSender> row = rows.admission(sender, now);
    Optional<DropReason> ofMember = memberRefusal(sender, contact.memberId(), row, now);
    if (ofMember.isPresent()) {
      return new Drop(ofMember.get());
    }
    if (row.isPresent()) {
      rows.allowed.put(sender, seen(row.get(), now));
      return Admit.of(row.get());
    }
    // With the policy off, too: a group is admitted only if an operator has listed it.
    if (adapters.assess(sender.channel(), sender.senderId()).kind() == SenderVerdict.Kind.GROUP) {
      return new Drop(DropReason.GROUP);
    }
    return policy.autoChallenge() ? challenge(sender, contact, now) : Admit.GUEST;
  }

  private Optional<DropReason> memberRefusal(
      SenderKey group, String memberId, Optional<AllowedSender> row, Instant now) {
    boolean restricted = row.isPresent() && row.get().membersOnly();
    if (memberId == null) {
      // The limit has no effect on the row of a person.
      boolean isGroup =
          adapters.assess(group.channel(), group.senderId()).kind() == SenderVerdict.Kind.GROUP;
      return restricted && isGroup ? Optional.of(DropReason.GROUP) : Optional.empty();
    }
    if (memberId.isEmpty()) {
      return restricted ? Optional.of(DropReason.GROUP) : Optional.empty();
    }
    SenderKey member = new SenderKey(group.channel(), group.accountId(), memberId);
    Optional<Refusal> refusal = rows.refusal(member, now);
    if (refusal.isPresent()) {
      return refusal.map(Refusal::dropReason);
    }
    return restricted && rows.admission(member, now).isEmpty()
        ? Optional.of(DropReason.GROUP)
        : Optional.empty();
  }

  private static AllowedSender seen(AllowedSender row, Instant now) {
    return new AllowedSender(
        row.sender(),
        row.approvedAt(),
        row.approvedVia(),
        row.revokedAt(),
        row.expiresAt(),
        row.note(),
        row.role(),
        row.labels(),
        row.idle(),
        now.truncatedTo(ChronoUnit.SECONDS),
        row.membersOnly());
  }

  private Decision challenge(SenderKey sender, MessageContext contact, Instant now) {
    Pending row = rows.pending.get(sender);
    if (row == null) {
      Optional<DropReason> limit = rows.limit(sender, now);
      if (limit.isPresent()) {
        return new Drop(limit.get());
      }
      row = rows.challenge(sender, contact, now);
    }
    if (contact.hold() != null) {
      rows.held.hold(row.request(), contact.hold(), now);
    }
    if (contact.deliver() && !contact.silent() && row.delivery() == Delivery.NOT_ASKED) {
      row = new Pending(row.request(), Delivery.QUEUED);
      rows.pending.put(sender, row);
    }
    return new Decision.Challenge(
        row.request(), contact.silent() ? Delivery.SILENT : row.delivery());
  }

  @Override
  public Explanation explain(String channel, String accountId, String senderId) {
    ChannelAccount account = ChannelAccount.of(channel, accountId);
    SenderVerdict verdict;
    try {
      verdict = adapters.assess(channel, senderId);
    } catch (AdapterUnavailableException e) {
      return drop(senderId, DropReason.ADAPTER_UNAVAILABLE, null, null);
    }
    if (verdict.canonical() == null) {
      return drop(senderId, DropReason.of(verdict), null, null);
    }
    synchronized (rows) {
      return explain(SenderKey.of(account, verdict.canonical()), verdict.kind(), rows.begin());
    }
  }

  private Explanation explain(SenderKey sender, SenderVerdict.Kind kind, Instant now) {
    AllowedSender row = rows.allowed.get(sender);
    Optional<Refusal> refusal = rows.refusal(sender, now);
    if (refusal.isPresent()) {
      return drop(sender.senderId(), refusal.get().dropReason(), refusal.get().since(), row);
    }
    if (rows.admission(sender, now).isPresent()) {
      return explanation(
          sender, Decision.Kind.ADMIT, Explanation.Reason.ALLOW_FROM, row.approvedAt(), null, row);
    }
    if (kind == SenderVerdict.Kind.GROUP) {
      return drop(sender.senderId(), DropReason.GROUP, null, row);
    }
    if (rows.pending.containsKey(sender)) {
      PendingRequest request = rows.pending.get(sender).request();
      return explanation(
          sender,
          Decision.Kind.CHALLENGE,
          Explanation.Reason.PENDING,
          request.createdAt(),
          request,
          row);
    }
    return rows.limit(sender, now)
        .map(limit -> drop(sender.senderId(), limit, null, row))
        .orElseGet(
            () ->
                explanation(
                    sender,
                    Decision.Kind.CHALLENGE,
                    Explanation.Reason.UNKNOWN_SENDER,
                    null,
                    null,
                    row));
  }

  private static Explanation explanation(
      SenderKey sender,
      Decision.Kind decision,
      Explanation.Reason reason,
      Instant since,
      PendingRequest pending,
      AllowedSender row) {
    return new Explanation(sender.senderId(), decision, reason.wireName(), since, pending, row);
  }

  private static Explanation drop(
      String senderId, DropReason reason, Instant since, AllowedSender row) {
    return new Explanation(senderId, Decision.Kind.DROP, reason.wireName(), since, null, row);
  }

  @Override
  public DryRun dryRun(ChannelAccount account, List<String> senderIds) {
    Map<String, SenderVerdict> verdicts = new LinkedHashMap<>();
    List<String> rejected = new ArrayList<>();
    for (String raw : senderIds) {
      try {
        SenderVerdict verdict = adapters.assess(account.channel(), raw);
        if (verdict.canonical() == null) {
          rejected.add(raw);
        } else {
          verdicts.putIfAbsent(verdict.canonical(), verdict);
        }
      } catch (AdapterUnavailableException e) {
        rejected.add(raw);
      }
    }
    List<String> admit = new ArrayList<>();
    List<String> challenge = new ArrayList<>();
    synchronized (rows) {
      Instant now = rows.begin();
      verdicts.forEach(
          (id, verdict) -> {
            SenderKey sender = SenderKey.of(account, id);
            if (rows.refusal(sender, now).isPresent()) {
              rejected.add(id);
            } else if (rows.admission(sender, now).isPresent()) {
              admit.add(id);
            } else if (verdict.kind() == SenderVerdict.Kind.GROUP) {
              rejected.add(id);
            } else {
              challenge.add(id);
            }
          });
    }
    return new DryRun(admit, challenge, rejected);
  }
}
