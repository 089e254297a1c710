package dev.nexo.pairing.intake;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.MessageContext.Hold;
import dev.nexo.pairing.MessageContext.Hold.Route;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.channel.SenderIdRules;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.held.HeldBusMessage;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.json.StoredMeta;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.outbox.OutboxDelivery;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DecisionListener;
import dev.nexo.pairing.spi.SenderVerdict;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Decides about messages with {@link PairingGate} and the outbox. Thread-safe. */
@Component
final class GatedIntake {

  private static final String NO_META = "{}";

  private final PairingAdapterRegistry registry;
  private final PairingGate gate;
  private final IntakeRules rules;
  private final OutboxDelivery delivery;
  private final List<DecisionListener> listeners;
  private final DroppedSenders drops;

  @Inject
  GatedIntake(
      PairingAdapterRegistry registry,
      PairingGate gate,
      IntakeRules rules,
      OutboxDelivery delivery,
      @Any Instance<DecisionListener> listeners,
      DroppedSenders drops) {
    this.registry = registry;
    this.gate = gate;
    this.rules = rules;
    this.delivery = delivery;
    this.listeners = listeners.stream().toList();
    this.drops = drops;
  }

  /** Decides about a message, as {@link PairingIntake#receive}. */
  InboundOutcome receive(InboundMessage message) {
    try (Policies.Pin pin = rules.pin();
        StorageBudget budget = StorageBudget.open()) {
      return answer(message);
    }
  }

  private InboundOutcome answer(InboundMessage message) {
    GateResult result = decide(message);
    if (!(result.decision() instanceof Challenge challenge)) {
      return new InboundOutcome(result.senderId(), result.decision(), null, null);
    }
    if (challenge.delivery() == Challenge.Delivery.SILENT) {
      return new InboundOutcome(result.senderId(), challenge, null, DeliveryResult.SILENT);
    }
    if (!message.deliver()) {
      String text = delivery.challengeText(challenge.request());
      return new InboundOutcome(result.senderId(), challenge, text, null);
    }
    DeliveryResult delivered =
        challenge.delivery() == Challenge.Delivery.SENT
            ? DeliveryResult.ALREADY_DELIVERED
            : delivery.deliver(challenge.request());
    return new InboundOutcome(result.senderId(), challenge, null, delivered);
  }

  /**
   * Decides about a message on the bus that a plugin did not make itself. A challenge is delivered
   * in the background.
   *
   * @param message the message as parsed
   * @param raw the message as received, for holding it
   * @return the admission, or empty if the message is not passed on
   */
  Optional<Admission> admission(FilteredMessage message, BusMessage raw) {
    try (Policies.Pin pin = rules.pin()) {
      return admitted(message, raw);
    }
  }

  private Optional<Admission> admitted(FilteredMessage message, BusMessage raw) {
    ChannelAccount account = message.account();
    GateResult result =
        message.from() == null
            ? drop(account.channel(), message.kind(), System.nanoTime())
            : decide(message, raw);
    if (result.decision() instanceof Challenge challenge
        && challenge.delivery() == Challenge.Delivery.QUEUED) {
      delivery.wake();
    }
    if (result.decision() instanceof Admit admit) {
      String senderId = result.senderId();
      SenderKey sender = senderId == null ? null : SenderKey.of(account, senderId);
      return Optional.of(new Admission(sender, admit));
    }
    return Optional.empty();
  }

  /**
   * A message on the bus that is passed on.
   *
   * @param sender the sender; null if it is not known who wrote in an admitted group
   * @param admit what the sender is to the operator
   */
  record Admission(SenderKey sender, Admit admit) {}

  private GateResult decide(FilteredMessage message, BusMessage raw) {
    ChannelAccount account = message.account();
    String from = SenderIdRules.trim(message.from());
    if (!message.senderIsId() || !SenderKey.isSender(from)) {
      // Listed in a form that can be displayed, so that no sender vanishes.
      String shown = SenderIdRules.displayable(from);
      SenderKey sender = new SenderKey(account.channel(), account.accountId(), shown);
      DropReason reason = message.kind().dropReason().orElse(DropReason.REJECTED_SENDER);
      return drop(sender, null, reason, message.text(), System.nanoTime());
    }
    InboundMessage inbound =
        new InboundMessage(
            account.channel(),
            message.accountId(),
            from,
            message.text(),
            message.metaJson(),
            null,
            true);
    return decide(inbound, message.signs(), raw, message.address());
  }

  /** The canonical sender, or null if there is none, and the gate's decision. */
  private record GateResult(String senderId, Decision decision) {}

  private GateResult decide(InboundMessage message) {
    return decide(message, signs(message.metaJson()), null, null);
  }

  /**
   * Describes how a message is held.
   *
   * @param raw the message on the bus, or null
   * @param address the part of its subject after which it is forwarded, or null
   */
  private static Hold hold(int limit, InboundMessage message, BusMessage raw, String address) {
    String meta = meta(message);
    return raw == null
        ? Hold.ofText(limit, message.remote() ? Route.CALLER : Route.MODULE, message.text(), meta)
        : new Hold(
            limit,
            Route.BUS,
            HeldBusMessage.size(raw),
            message.text(),
            meta,
            () -> HeldBusMessage.encode(raw, address));
  }

  private static MessageSigns signs(String metaJson) {
    if (metaJson == null || metaJson.equals(NO_META)) {
      return MessageSigns.NONE;
    }
    return StrictJson.find(metaJson, StrictJson.MAX_DEPTH)
        .map(MessageClassifier::ofMeta)
        .orElseThrow(() -> new InvalidValueException("meta", "must be a JSON object"));
  }

  /**
   * Asks the gate, which puts a challenge into the outbox if the message has {@code deliver:true}.
   */
  private GateResult decide(
      InboundMessage message, MessageSigns signs, BusMessage received, String address) {
    long start = System.nanoTime();
    MessageKind kind = signs.kind();
    ChannelAccount account = ChannelAccount.of(message.channel(), message.accountId());
    String raw = SenderIdRules.trim(message.senderId());
    if (raw == null || raw.isEmpty()) {
      return drop(account.channel(), kind, start);
    }
    SenderKey written = SenderKey.of(account, raw);
    if (raw.startsWith(SenderKey.GROUP_PREFIX)) {
      // A group's approval must not admit a person who has chosen this id.
      DropReason reason = kind.dropReason().orElse(DropReason.REJECTED_SENDER);
      return drop(written, null, reason, message.text(), start);
    }
    SenderVerdict verdict;
    Optional<SenderKey> group;
    try {
      verdict = registry.assess(account.channel(), raw);
      group = kind == MessageKind.GROUP ? rules.group(account, signs) : Optional.empty();
    } catch (AdapterUnavailableException e) {
      DropReason reason = kind.dropReason().orElse(DropReason.ADAPTER_UNAVAILABLE);
      return drop(written, null, reason, message.text(), start);
    } catch (StorageUnavailableException e) {
      return drop(written, null, DropReason.STORAGE, message.text(), start);
    }
    AdmissionPolicy policy = rules.policy(message, account);
    if (group.isPresent()) {
      boolean person = verdict.kind() == SenderVerdict.Kind.PERSON;
      String member = person ? verdict.canonical() : "";
      MessageContext context = context(message, signs, null, member);
      return inGroup(message, group.get(), context, signs, policy);
    }
    if (verdict.canonical() == null) {
      DropReason reason = kind.dropReason().orElse(DropReason.of(verdict));
      return drop(written, null, reason, message.text(), start);
    }
    if (verdict.canonical().startsWith(SenderKey.GROUP_PREFIX)) {
      // The id of a chat. Nobody knows who wrote in it, and a person may have chosen the id.
      DropReason reason = kind.dropReason().orElse(DropReason.GROUP);
      return drop(written, null, reason, message.text(), start);
    }
    SenderKey sender = new SenderKey(account.channel(), account.accountId(), verdict.canonical());
    return switch (kind) {
      case DIRECT, LIFECYCLE -> {
        int held = rules.holdMessages(account, verdict);
        Hold hold = held == 0 ? null : hold(held, message, received, address);
        MessageContext context = context(message, signs, hold, null);
        yield new GateResult(sender.senderId(), gate.decide(sender, policy, context));
      }
      case RECEIPT, REACTION, EDIT, HISTORY -> {
        Decision decision = notice(sender, verdict.kind(), policy);
        yield decision instanceof Decision.Drop drop
            ? drop(sender, sender.senderId(), drop.reason(), message.text(), start)
            : report(sender.channel(), sender.senderId(), decision, start);
      }
      case GROUP, CHANNEL_POST, BOT, OWN_ECHO ->
          drop(sender, sender.senderId(), kind.dropReason().orElseThrow(), message.text(), start);
    };
  }

  private static MessageContext context(
      InboundMessage message, MessageSigns signs, Hold hold, String memberId) {
    return new MessageContext(
        message.text(),
        meta(message),
        message.deliver(),
        message.accountId() != null,
        signs.contact() || memberId != null,
        hold,
        memberId);
  }

  private static String meta(InboundMessage message) {
    return StoredMeta.of(message.metaJson());
  }

  /** Decides about a message in a group. Its approval counts, and not that of who wrote it. */
  private GateResult inGroup(
      InboundMessage message,
      SenderKey group,
      MessageContext context,
      MessageSigns signs,
      AdmissionPolicy policy) {
    long start = System.nanoTime();
    String member = context.memberId().isEmpty() ? null : context.memberId();
    if (signs.notice()) {
      Decision decision = notice(group, SenderVerdict.Kind.GROUP, policy);
      if (decision instanceof Decision.Drop drop) {
        return drop(group, member, drop.reason(), message.text(), start);
      }
    }
    return new GateResult(member, gate.decide(group, policy, context));
  }

  /**
   * Decides about a notice of a sender. Changes nothing: the read receipt of a stranger must not
   * cause a challenge.
   */
  private Decision notice(SenderKey sender, SenderVerdict.Kind whose, AdmissionPolicy policy) {
    Explanation expected;
    try {
      expected = gate.explain(sender.channel(), sender.accountId(), sender.senderId());
    } catch (StorageUnavailableException e) {
      return new Decision.Drop(DropReason.STORAGE);
    }
    if (expected.decision() == Decision.Kind.DROP) {
      return new Decision.Drop(DropReason.find(expected.reason()).orElse(DropReason.NOT_A_MESSAGE));
    }
    if (expected.reason().equals(Explanation.Reason.ALLOW_FROM.wireName())) {
      return Admit.of(expected.allowed());
    }
    if (whose == SenderVerdict.Kind.GROUP) {
      return new Decision.Drop(DropReason.GROUP);
    }
    return policy.autoChallenge() ? new Decision.Drop(DropReason.NOT_A_MESSAGE) : Admit.GUEST;
  }

  /** Drops a message that has no sender, so it cannot be listed. */
  private GateResult drop(String channel, MessageKind kind, long start) {
    DropReason reason = kind.dropReason().orElse(DropReason.REJECTED_SENDER);
    return report(channel, null, new Decision.Drop(reason), start);
  }

  private GateResult drop(
      SenderKey listed, String canonical, DropReason reason, String text, long start) {
    drops.dropped(listed, reason, text);
    return report(listed.channel(), canonical, new Decision.Drop(reason), start);
  }

  /** Reports a decision that is made before the gate, which reports its own decisions. */
  private GateResult report(String channel, String canonical, Decision decision, long start) {
    long nanos = System.nanoTime() - start;
    listeners.forEach(listener -> listener.decided(channel, decision, nanos));
    return new GateResult(canonical, decision);
  }
}
