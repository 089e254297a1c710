package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSenders.Action;
import dev.nexo.pairing.DroppedSenders.Outcome;
import dev.nexo.pairing.DroppedSenders.Result;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.spi.SenderVerdict;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One decision about many senders: normalizes them outside the transaction, and decides in one. */
final class BulkDecision {

  private static final String ALLOWED = "allow_from";

  private final Action action;
  private final IdSource ids;
  private final List<SenderKey> given;

  /** The canonical senders of those given that the adapters accept. */
  private final Map<SenderKey, SenderKey> canonical = new HashMap<>();

  private final Map<ChannelAccount, Set<SenderKey>> byAccount = new LinkedHashMap<>();
  private final Map<SenderKey, Result> rejected = new HashMap<>();

  /** Normalizes all senders. This may take time, so no transaction is open yet. */
  BulkDecision(
      Action action, List<SenderKey> senders, PairingAdapterRegistry adapters, IdSource ids) {
    this.action = action;
    this.ids = ids;
    this.given = List.copyOf(senders);
    PatientAdapters patient = new PatientAdapters(adapters);
    for (SenderKey sender : new LinkedHashSet<>(senders)) {
      Optional<SenderVerdict> verdict = patient.assess(sender.channel(), sender.senderId());
      String id = verdict.map(SenderVerdict::canonical).orElse(null);
      if (id == null) {
        String reason =
            verdict.map(SenderVerdict::reason).orElseGet(DropReason.ADAPTER_UNAVAILABLE::wireName);
        rejected.put(sender, new Result(sender, Outcome.REJECTED, reason));
      } else {
        ChannelAccount account = new ChannelAccount(sender.channel(), sender.accountId());
        SenderKey key = new SenderKey(sender.channel(), sender.accountId(), id);
        canonical.put(sender, key);
        byAccount.computeIfAbsent(account, added -> new LinkedHashSet<>()).add(key);
      }
    }
  }

  /**
   * What a transaction has done.
   *
   * @param results the results, in the order of the senders
   * @param events to be fired after the commit
   * @param expired the number of expired pending requests that it found
   */
  record Written(List<Result> results, List<PairingEvent> events, int expired) {}

  /** Decides about all senders. */
  Written write(Transaction tx, Actor by, Instant now) throws SQLException {
    Run run = new Run(tx, by, now);
    for (Map.Entry<ChannelAccount, Set<SenderKey>> account : byAccount.entrySet()) {
      List<String> ids = account.getValue().stream().map(SenderKey::senderId).toList();
      Map<String, SenderState> states =
          SenderState.many(tx.statements(), account.getKey(), ids, now);
      for (SenderKey sender : account.getValue()) {
        run.decide(sender, states.getOrDefault(sender.senderId(), SenderState.UNKNOWN));
      }
    }
    List<Result> results =
        given.stream()
            .map(
                sender ->
                    canonical.containsKey(sender)
                        ? run.results.get(canonical.get(sender)).of(sender)
                        : rejected.get(sender))
            .toList();
    return new Written(results, List.copyOf(run.events), run.expired);
  }

  /** What happened to one canonical sender. */
  private record Step(Outcome outcome, String reason) {

    static final Step DONE = new Step(Outcome.DONE, null);
    static final Step UNCHANGED = new Step(Outcome.UNCHANGED, null);

    static Step rejected(String reason) {
      return new Step(Outcome.REJECTED, reason);
    }

    Result of(SenderKey given) {
      return new Result(given, outcome, reason);
    }
  }

  /** One run of the transaction, which may run again. */
  private final class Run {

    private final Transaction tx;
    private final Actor by;
    private final Instant now;
    private final Map<SenderKey, Step> results = new HashMap<>();
    private final List<PairingEvent> events = new ArrayList<>();
    private int expired;

    Run(Transaction tx, Actor by, Instant now) {
      this.tx = tx;
      this.by = by;
      this.now = now;
    }

    void decide(SenderKey sender, SenderState state) throws SQLException {
      Step step =
          switch (action) {
            case APPROVE -> approve(sender, state);
            case BLOCK -> block(sender, state);
            case DENY -> deny(sender, state);
          };
      results.put(sender, step);
      if (step.outcome() != Outcome.REJECTED) {
        DroppedStatements.delete(tx, sender);
      }
    }

    private Step approve(SenderKey sender, SenderState state) throws SQLException {
      if (isBlocked(state)) {
        return Step.rejected(DropReason.BLOCKED.wireName());
      }
      if (state.refusal() != null) {
        BlockedStatements.delete(tx, sender);
      }
      admitRequest(sender);
      if (state.isAllowedAt(now)) {
        return Step.UNCHANGED;
      }
      AllowFromStatements.admit(tx, sender, AllowTerms.NONE, by, now);
      AuditTrail.append(tx, now, by, AuditAction.APPROVED, sender, null);
      events.add(new PairingEvent.Approved(sender));
      return Step.DONE;
    }

    /** Ends the sender's pending request, and releases its messages. */
    private void admitRequest(SenderKey sender) throws SQLException {
      Optional<PendingEntity> request = PendingStatements.find(tx, sender);
      if (request.isPresent() && request.get().liveAt(now)) {
        PendingStatements.delete(tx, request.get());
        HeldStatements.release(tx, ids.nextUuid(), request.get().requestId, sender, now);
      } else {
        expired += PendingStatements.expire(tx, request.stream().toList(), now);
      }
    }

    private Step block(SenderKey sender, SenderState state) throws SQLException {
      if (state.isAllowedAt(now)) {
        return Step.rejected(ALLOWED);
      }
      if (isBlocked(state)) {
        return Step.UNCHANGED;
      }
      expired += PendingStatements.remove(tx, sender, now);
      // A row that has expired must not become active.
      AllowFromStatements.revoke(tx, sender, by, now);
      BlockedStatements.block(tx, sender, null, now);
      AuditTrail.append(tx, now, by, AuditAction.BLOCKED, sender, null);
      events.add(new PairingEvent.Denied(sender, true));
      return Step.DONE;
    }

    private Step deny(SenderKey sender, SenderState state) throws SQLException {
      if (state.isAllowedAt(now)) {
        return Step.rejected(ALLOWED);
      }
      if (state.refusal() != null) {
        return Step.UNCHANGED;
      }
      expired += PendingStatements.remove(tx, sender, now);
      BlockedStatements.deny(tx, sender, now.plus(PendingEntity.LIFETIME), null, now);
      AuditTrail.append(tx, now, by, AuditAction.DENIED, sender, null);
      events.add(new PairingEvent.Denied(sender, false));
      return Step.DONE;
    }

    private static boolean isBlocked(SenderState state) {
      return state.refusal() != null && state.refusal().reason() == DropReason.BLOCKED;
    }
  }
}
