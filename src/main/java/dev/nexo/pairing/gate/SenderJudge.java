package dev.nexo.pairing.gate;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.SenderVerdict;
import dev.nexo.pairing.store.ChallengeOutcome;
import dev.nexo.pairing.store.GateStore;
import dev.nexo.pairing.store.SeenSenders;
import dev.nexo.pairing.store.SenderState;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Instant;

/**
 * Decides about a sender with the database, and makes the request of a stranger as the account's
 * policy says. Thread-safe. If the database fails, it throws {@link StorageUnavailableException}.
 */
@Component
class SenderJudge {

  private static final Logger LOG = System.getLogger(SenderJudge.class.getName());

  private final PairingAdapterRegistry adapters;
  private final GateStore store;
  private final SeenSenders seen;
  private final Policies policies;
  private final Clock clock;

  @Inject
  SenderJudge(
      PairingAdapterRegistry adapters,
      GateStore store,
      SeenSenders seen,
      Policies policies,
      Clock clock) {
    this.adapters = adapters;
    this.store = store;
    this.seen = seen;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * A decision, or an admission that may be cached.
   *
   * @param decision the decision; null if the sender is admitted and that may be cached
   * @param row the row of allow-from that admits the sender; null if only the policy does
   * @param at when the row was read; null with a decision
   * @param member the person in a group because of whom the message is dropped; null if it is not,
   *     or because of the group
   */
  record Judgement(Decision decision, AllowedSender row, Instant at, SenderKey member) {
    static Judgement decided(Decision decision) {
      return new Judgement(decision, null, null, null);
    }
  }

  /** Decides about a message of a sender in canonical form. */
  Judgement judge(SenderKey sender, AdmissionPolicy policy, MessageContext contact) {
    SenderState state = store.lookUp(sender);
    Instant now = clock.instant();
    if (state.refusal() != null) {
      return Judgement.decided(new Drop(state.refusal().reason()));
    }
    boolean listed = state.isAllowedAt(now);
    Judgement ofMember =
        memberRefusal(sender, contact.memberId(), listed ? state.allowed() : null, now);
    if (ofMember != null) {
      return ofMember;
    }
    if (listed && contact.memberId() != null) {
      seen.seen(state.allowed(), now);
      // Not cached, because the next message can be another member's.
      return Judgement.decided(Admit.of(state.allowed()));
    }
    // A group is admitted only if it is listed, also with the policy off; and its readers would all
    // see a code. The id is asked for again, because callers of decide() know only the canonical
    // id.
    if (!listed
        && adapters.assess(sender.channel(), sender.senderId()).kind()
            == SenderVerdict.Kind.GROUP) {
      AccountPolicy own = policies.of(account(sender));
      return Judgement.decided(
          own.pairGroups()
              ? challenge(sender, contact.silently(), own)
              : new Drop(DropReason.GROUP));
    }
    if (listed) {
      seen.seen(state.allowed(), now);
    }
    if (listed || !policy.autoChallenge()) {
      return new Judgement(null, listed ? state.allowed() : null, now, null);
    }
    return Judgement.decided(challenge(sender, contact, policies.of(account(sender))));
  }

  /**
   * Why a message in a group is dropped because of the person who wrote it; null if it is not.
   * Nobody writes in a group whom the operator has denied or blocked.
   *
   * @param memberId as in {@link MessageContext}
   * @param row the active row of the group, or null
   */
  private Judgement memberRefusal(
      SenderKey group, String memberId, AllowedSender row, Instant now) {
    boolean restricted = row != null && row.membersOnly();
    if (memberId == null) {
      // A caller who does not know who wrote. The limit has no effect on the row of a person.
      return restricted && isGroup(group) ? Judgement.decided(new Drop(DropReason.GROUP)) : null;
    }
    if (memberId.isEmpty()) {
      return restricted ? Judgement.decided(new Drop(DropReason.GROUP)) : null;
    }
    SenderKey person = new SenderKey(group.channel(), group.accountId(), memberId);
    SenderState member = store.lookUp(person);
    if (member.refusal() != null) {
      return new Judgement(new Drop(member.refusal().reason()), null, null, person);
    }
    return restricted && !member.isAllowedAt(now)
        ? new Judgement(new Drop(DropReason.GROUP), null, null, person)
        : null;
  }

  private boolean isGroup(SenderKey sender) {
    return sender.isGroup()
        || adapters.assess(sender.channel(), sender.senderId()).kind() == SenderVerdict.Kind.GROUP;
  }

  private static ChannelAccount account(SenderKey sender) {
    return new ChannelAccount(sender.channel(), sender.accountId());
  }

  private Decision challenge(SenderKey sender, MessageContext message, AccountPolicy policy) {
    MessageContext contact = policy.silent() ? message.silently() : message;
    int perHour = policy.challengesPerHour();
    ChallengeOutcome outcome = store.challenge(sender, contact, perHour);
    if (outcome instanceof ChallengeOutcome.Pending pending) {
      return new Challenge(
          pending.request(), contact.silent() ? Delivery.SILENT : pending.delivery());
    }
    if (outcome instanceof ChallengeOutcome.Decided decided) {
      return decided(decided.state());
    }
    if (outcome instanceof ChallengeOutcome.BudgetUsed used) {
      if (!used.reported()) {
        report(sender, perHour);
      }
      return new Drop(DropReason.BUDGET);
    }
    return new Drop(DropReason.MAX_PENDING);
  }

  /** The decision if an operator has decided in between. */
  private static Decision decided(SenderState state) {
    if (state.refusal() != null) {
      return new Drop(state.refusal().reason());
    }
    // Whether a member is admitted, too, is checked with the next message.
    return state.allowed().membersOnly() ? new Drop(DropReason.GROUP) : Admit.of(state.allowed());
  }

  /** Reports once an hour that strangers are dropped. */
  private void report(SenderKey sender, int perHour) {
    if (store.reportBudget(sender)) {
      LogMessage.BUDGET_USED.log(LOG, sender.channel(), sender.accountId(), perHour);
    }
  }
}
