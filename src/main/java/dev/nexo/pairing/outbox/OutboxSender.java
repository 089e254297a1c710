package dev.nexo.pairing.outbox;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.broker.BrokerState;
import dev.nexo.pairing.channel.AdapterRegistry;
import dev.nexo.pairing.channel.SenderTexts;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.message.TextPlaceholder;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.store.MessageDetails;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sends one entry of the outbox: through the channel's adapter or, if the channel has none, as
 * plain text over the broker. Thread-safe.
 */
@Component
final class OutboxSender {

  private static final Logger LOG = System.getLogger(OutboxSender.class.getName());
  private final AdapterRegistry registry;
  private final Broker broker;
  private final Outbox outbox;
  private final ChatSender chats;
  private final SenderTexts texts;
  private final Clock clock;
  private final Map<String, Courier> couriers;

  @Inject
  OutboxSender(
      AdapterRegistry registry,
      Broker broker,
      Outbox outbox,
      ChatSender chats,
      SenderTexts texts,
      Clock clock,
      @Any Instance<Courier> couriers) {
    this.registry = registry;
    this.broker = broker;
    this.outbox = outbox;
    this.chats = chats;
    this.texts = texts;
    this.clock = clock;
    this.couriers = couriers.stream().collect(Collectors.toMap(Courier::kind, Function.identity()));
  }

  /** Tries once to send an entry. Failures become results; it does not throw. */
  DeliveryResult send(OutboxEntry entry) {
    Courier courier = couriers.get(entry.kind());
    if (courier != null) {
      return send(entry, courier::send);
    }
    if (entry.kind().equals(OutboxEntry.OWNER_ANSWER)) {
      return send(entry, this::sendAnswer);
    }
    String channel = entry.recipient().channel();
    Optional<PairingChannelAdapter> adapter = registry.adapter(channel);
    if (adapter.isEmpty() && !broker.hasAudience()) {
      return DeliveryResult.NO_ADAPTER_NO_BROKER_TOPIC;
    }
    PairingChannelAdapter speaker = adapter.orElseGet(() -> registry.plain(channel));
    try {
      SenderKey to = entry.recipient();
      speaker.sendReply(
          new Reply(entry.id(), to.accountId(), to.senderId(), text(entry), entry.accountNamed()));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      report(entry, e);
      return DeliveryResult.PUBLISH_FAILED;
    }
    return sent(channel);
  }

  private void sendAnswer(OutboxEntry entry) {
    chats.send(entry.id(), entry.recipient(), ChatPayload.read(entry.payload()));
  }

  private DeliveryResult send(OutboxEntry entry, Consumer<OutboxEntry> courier) {
    try {
      courier.accept(entry);
      return DeliveryResult.DELIVERED_VIA_ADAPTER;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      report(entry, e);
      return DeliveryResult.PUBLISH_FAILED;
    }
  }

  /** The queue of an entry: messages of one queue are sent one after another. */
  String queue(OutboxEntry entry) {
    Courier courier = couriers.get(entry.kind());
    return courier == null ? entry.recipient().channel() : courier.queue(entry);
  }

  /** The result if another server has sent the challenge; empty if none has, or if unknown. */
  Optional<DeliveryResult> sentElsewhere(PendingRequest request) {
    try {
      return outbox.isSent(request.requestId())
          ? Optional.of(sent(request.sender().channel()))
          : Optional.empty();
    } catch (StorageUnavailableException e) {
      return Optional.empty();
    }
  }

  private DeliveryResult sent(String channel) {
    return registry.adapter(channel).isPresent()
        ? DeliveryResult.DELIVERED_VIA_ADAPTER
        : DeliveryResult.DELIVERED_VIA_BROKER;
  }

  /** The text of a request's challenge. */
  String challengeText(PendingRequest request) {
    MessageDetails details = MessageDetails.of(request);
    return text(TextKind.CHALLENGE, request.sender(), details, request.code());
  }

  private String text(OutboxEntry entry) {
    MessageDetails details = MessageDetails.read(entry.payload());
    TextKind kind =
        entry.kind().equals(OutboxEntry.APPROVAL) && details.held()
            ? TextKind.APPROVED_HELD
            : TextKind.find(entry.kind()).orElseThrow();
    return text(kind, entry.recipient(), details, entry.code());
  }

  private String text(TextKind kind, SenderKey to, MessageDetails details, PairingCode code) {
    Map<TextPlaceholder, String> values = details.values(kind, to, clock.instant());
    if (code != null) {
      values.put(TextPlaceholder.CODE, code.value());
    }
    return texts.text(to.channel(), to.accountId(), details.language(), kind, values);
  }

  private void report(OutboxEntry entry, Throwable fault) {
    String message = String.valueOf(fault.getMessage());
    if (entry.code() != null) {
      message = message.replace(entry.code().value(), "[redacted]");
    }
    LogMessage.MESSAGE_NOT_SENT.log(
        LOG,
        isNews(entry) ? Level.WARNING : Level.DEBUG,
        null,
        entry.id(),
        entry.recipient().channel(),
        fault.getClass().getSimpleName(),
        message);
  }

  /** Whether a failure deserves a warning: the first of an entry, while the broker is connected. */
  private boolean isNews(OutboxEntry entry) {
    BrokerState state = broker.state();
    return entry.attempts() == 0
        && (state == BrokerState.CONNECTED || state == BrokerState.IN_PROCESS);
  }
}
