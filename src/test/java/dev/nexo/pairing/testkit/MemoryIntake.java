package dev.nexo.pairing.testkit;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.MessageContext.Hold;
import dev.nexo.pairing.MessageContext.Hold.Route;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.spi.SenderVerdict;

/**
 * The intake in memory, whose behaviour {@link PairingIntakeContract} specifies. It treats every
 * message as one that a person wrote to the bot alone, and does not read the JSON object of a
 * message. It sends nothing, and every delivery succeeds.
 */
final class MemoryIntake implements PairingIntake {

  private static final String NO_META = "{}";

  private final PairingRows rows;
  private final MemoryGate gate;
  private final PairingAdapterRegistry adapters;
  private volatile int holdMessages;

  MemoryIntake(PairingRows rows, MemoryGate gate, PairingAdapterRegistry adapters) {
    this.rows = rows;
    this.gate = gate;
    this.adapters = adapters;
  }

  void holdMessages(int limit) {
    if (limit < 0 || limit > 5) {
      throw new IllegalArgumentException("The limit must be 0 to 5, not " + limit);
    }
    holdMessages = limit;
  }

  @Override
  public InboundOutcome receive(InboundMessage message) {
    ChannelAccount account = ChannelAccount.of(message.channel(), message.accountId());
    String meta = message.metaJson() == null ? NO_META : message.metaJson().strip();
    if (!meta.startsWith("{") || !meta.endsWith("}")) {
      throw new InvalidValueException("meta", "must be a JSON object");
    }
    String raw = message.senderId() == null ? "" : message.senderId().strip();
    if (raw.isEmpty() || raw.startsWith(SenderKey.GROUP_PREFIX) || !SenderKey.isSender(raw)) {
      return drop(DropReason.REJECTED_SENDER);
    }
    SenderVerdict verdict;
    try {
      verdict = adapters.assess(account.channel(), raw);
    } catch (AdapterUnavailableException e) {
      return drop(DropReason.ADAPTER_UNAVAILABLE);
    }
    if (verdict.canonical() == null) {
      return drop(DropReason.of(verdict));
    }
    SenderKey sender = SenderKey.of(account, verdict.canonical());
    boolean challenges = message.autoChallenge() == null || message.autoChallenge();
    Decision decision =
        gate.decide(
            sender,
            challenges ? AdmissionPolicy.CHALLENGE : AdmissionPolicy.ADMIT_EVERYONE,
            context(message, meta, verdict));
    return decision instanceof Challenge challenge
        ? challenged(message, sender, challenge)
        : new InboundOutcome(sender.senderId(), decision, null, null);
  }

  private static InboundOutcome drop(DropReason reason) {
    return new InboundOutcome(null, new Drop(reason), null, null);
  }

  private MessageContext context(InboundMessage message, String meta, SenderVerdict verdict) {
    int limit = verdict.kind() == SenderVerdict.Kind.GROUP ? 0 : holdMessages;
    Route route = message.remote() ? Route.CALLER : Route.MODULE;
    Hold hold = limit == 0 ? null : Hold.ofText(limit, route, message.text(), meta);
    return new MessageContext(
        message.text(), meta, message.deliver(), message.accountId() != null, false, hold, null);
  }

  private InboundOutcome challenged(InboundMessage message, SenderKey sender, Challenge challenge) {
    if (!message.deliver()) {
      String text = adapters.challengeText(sender.channel(), challenge.request().code());
      return new InboundOutcome(sender.senderId(), challenge, text, null);
    }
    DeliveryResult result =
        challenge.delivery() == Delivery.SENT
            ? DeliveryResult.ALREADY_DELIVERED
            : rows.deliver(challenge.request(), adapters.channels());
    return new InboundOutcome(sender.senderId(), challenge, null, result);
  }
}
