package dev.nexo.pairing.outbox;

import dev.nexo.pairing.spi.DeliveryException;

/**
 * Sends the messages of one kind in the outbox to their receivers outside the channels, for example
 * to a webhook. The messages of one kind are sent one after another. Implementations are
 * thread-safe.
 */
public interface Courier {

  /** Returns the kind of {@link OutboxEntry} that this courier sends. */
  String kind();

  /**
   * Sends a message, within 30 s. When this returns, the message is not sent again.
   *
   * @throws DeliveryException if it was not sent; it is sent again later under the same id
   */
  void send(OutboxEntry entry);
}
