package dev.nexo.pairing.outbox;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.channel.AdapterRegistry;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import jakarta.inject.Inject;
import java.util.Optional;

/** Sends messages to the chats of owners, through their channels. Thread-safe. */
@Component
public final class ChatSender {

  private final AdapterRegistry registry;
  private final Broker broker;

  @Inject
  ChatSender(AdapterRegistry registry, Broker broker) {
    this.registry = registry;
    this.broker = broker;
  }

  /**
   * Sends a message once.
   *
   * @param id a UUID; stays the same if the message is sent again
   * @param to the receiver
   * @param message what is sent
   * @throws DeliveryException if it was not sent
   */
  public void send(String id, SenderKey to, ChatPayload message) {
    Optional<PairingChannelAdapter> adapter = registry.adapter(to.channel());
    if (adapter.isEmpty() && !broker.hasAudience()) {
      throw new DeliveryException("Nothing sends messages on the channel " + to.channel(), null);
    }
    PairingChannelAdapter speaker = adapter.orElseGet(() -> registry.plain(to.channel()));
    speaker.sendReply(
        new Reply(
            id,
            to.accountId(),
            to.senderId(),
            message.text(),
            message.accountNamed(),
            message.buttons()));
  }
}
