package dev.nexo.pairing.channel;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.Reply;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.channel.broker.Broker;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.store.OutboxEntry;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hands one entry of the outbox over: through the channel's adapter or, without one, plainly. */
@Component
final class Carrier {

  private static final Logger LOG = System.getLogger(Carrier.class.getName());
  private static final String APPROVED =
      "✅ You are in. Please write again; your messages get through now.";

  /** More channels than this cannot be told apart in the log. */
  private static final int MOST_TROUBLED = 100;

  private final AdapterRegistry registry;
  private final Broker broker;
  private final Set<String> troubled = ConcurrentHashMap.newKeySet();

  @Inject
  Carrier(AdapterRegistry registry, Broker broker) {
    this.registry = registry;
    this.broker = broker;
  }

  /** Tries once; does not throw. */
  DeliveryResult carry(OutboxEntry entry) {
    String channel = entry.recipient().channel();
    Optional<PairingChannelAdapter> adapter = registry.adapter(channel);
    if (adapter.isEmpty() && !broker.hasAudience()) {
      return DeliveryResult.NO_ADAPTER_NO_BROKER_TOPIC;
    }
    PairingChannelAdapter speaker = adapter.orElseGet(() -> registry.plain(channel));
    try {
      SenderKey to = entry.recipient();
      speaker.sendReply(new Reply(entry.id(), to.accountId(), to.senderId(), text(entry, speaker)));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      report(entry, e);
      return DeliveryResult.PUBLISH_FAILED;
    }
    if (troubled.remove(channel)) {
      LOG.log(Level.INFO, "Messages to {0} are handed over again", channel);
    }
    return adapter.isPresent()
        ? DeliveryResult.DELIVERED_VIA_ADAPTER
        : DeliveryResult.DELIVERED_VIA_BROKER;
  }

  private String text(OutboxEntry entry, PairingChannelAdapter speaker) {
    return entry.code() == null
        ? speaker.formatPlainText(APPROVED)
        : registry.challengeText(entry.recipient().channel(), entry.code());
  }

  /**
   * One line for each channel's trouble, or strangers could fill the log while a broker is away.
   */
  private void report(OutboxEntry entry, Throwable fault) {
    String channel = entry.recipient().channel();
    boolean news = troubled.size() < MOST_TROUBLED && troubled.add(channel);
    String message = String.valueOf(fault.getMessage());
    if (entry.code() != null) {
      message = message.replace(entry.code().value(), "[redacted]");
    }
    LOG.log(
        news ? Level.WARNING : Level.DEBUG,
        "Message {0} to {1} was not handed over ({2}: {3}); it and what follows waits in the outbox",
        entry.id(),
        channel,
        fault.getClass().getSimpleName(),
        message);
  }
}
