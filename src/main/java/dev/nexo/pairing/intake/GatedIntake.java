package dev.nexo.pairing.intake;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.channel.SenderIdRules;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.outbox.OutboxDelivery;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DecisionListener;
import dev.nexo.pairing.spi.SenderVerdict;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;

/** Implements the intake with {@link PairingGate} and the outbox. Thread-safe. */
@Component
final class GatedIntake implements PairingIntake {

  private static final String NO_META = "{}";

  private final PairingAdapterRegistry registry;
  private final PairingGate gate;
  private final Policies policies;
  private final OutboxDelivery delivery;
  private final List<DecisionListener> listeners;
  private final DroppedSenders drops;

  @Inject
  GatedIntake(
      PairingAdapterRegistry registry,
      PairingGate gate,
      Policies policies,
      OutboxDelivery delivery,
      @Any Instance<DecisionListener> listeners,
      DroppedSenders drops) {
    this.registry = registry;
    this.gate = gate;
    this.policies = policies;
    this.delivery = delivery;
    this.listeners = listeners.stream().toList();
    this.drops = drops;
  }

  @Override
  public InboundOutcome receive(InboundMessage message) {
    GateResult result = decide(message);
    if (!(result.decision() instanceof Challenge challenge)) {
      return new InboundOutcome(result.senderId(), result.decision(), null, null);
    }
    if (!message.deliver()) {
      String text = registry.challengeText(message.channel(), challenge.request().code());
      return new InboundOutcome(result.senderId(), challenge, text, null);
    }
    DeliveryResult delivered =
        challenge.delivery() == Challenge.Delivery.SENT
            ? DeliveryResult.ALREADY_DELIVERED
            : delivery.deliver(challenge.request());
    return new InboundOutcome(result.senderId(), challenge, null, delivered);
  }

  /**
   * Decides about a message. A challenge is delivered in the background.
   *
   * @return whether its sender is admitted
   * @throws InvalidValueException if channel, account or sender is malformed
   */
  boolean admit(InboundMessage message) {
    Decision decision = decide(message).decision();
    if (decision instanceof Challenge challenge
        && challenge.delivery() != Challenge.Delivery.SENT) {
      delivery.wake();
    }
    return decision instanceof Decision.Admit;
  }

  /** Returns whether a message of the sender would be admitted now; changes nothing. */
  boolean wouldAdmit(ChannelAccount account, String senderId) {
    return gate.explain(account.channel(), account.accountId(), senderId).decision()
        == Decision.Kind.ADMIT;
  }

  /** The canonical sender, or null if there is none, and the gate's decision. */
  private record GateResult(String senderId, Decision decision) {}

  /**
   * Asks the gate, which puts a challenge into the outbox if the message has {@code deliver:true}.
   */
  private GateResult decide(InboundMessage message) {
    long start = System.nanoTime();
    ChannelAccount account = ChannelAccount.of(message.channel(), message.accountId());
    String raw = SenderIdRules.trim(message.senderId());
    if (raw == null || raw.isEmpty()) {
      return drop(account.channel(), DropReason.REJECTED_SENDER, start);
    }
    SenderKey written = SenderKey.of(account, raw);
    SenderVerdict verdict;
    try {
      verdict = registry.assess(account.channel(), raw);
    } catch (AdapterUnavailableException e) {
      return drop(written, DropReason.ADAPTER_UNAVAILABLE, message.text(), start);
    }
    String sender = verdict.canonical();
    if (sender == null) {
      return drop(written, DropReason.of(verdict), message.text(), start);
    }
    Decision decision =
        gate.decide(
            new SenderKey(account.channel(), account.accountId(), sender),
            policy(message, account),
            new MessageContext(
                message.text(),
                message.metaJson() == null ? NO_META : message.metaJson(),
                message.deliver()));
    return new GateResult(sender, decision);
  }

  private AdmissionPolicy policy(InboundMessage message, ChannelAccount account) {
    boolean challenge =
        message.autoChallenge() == null ? policies.autoChallenge(account) : message.autoChallenge();
    return challenge ? AdmissionPolicy.CHALLENGE : AdmissionPolicy.ADMIT_EVERYONE;
  }

  private GateResult drop(SenderKey written, DropReason reason, String text, long start) {
    drops.dropped(written, reason, text);
    return drop(written.channel(), reason, start);
  }

  /** Reports a drop that happens before the gate, which reports its own decisions. */
  private GateResult drop(String channel, DropReason reason, long start) {
    Decision decision = new Decision.Drop(reason);
    long nanos = System.nanoTime() - start;
    listeners.forEach(listener -> listener.decided(channel, decision, nanos));
    return new GateResult(null, decision);
  }
}
