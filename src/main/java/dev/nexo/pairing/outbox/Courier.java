package dev.nexo.pairing.outbox;

import dev.nexo.pairing.spi.DeliveryException;

/**
 * Sends the messages of one kind in the outbox, for example to a webhook. Implementations are
 * thread-safe.
 */
public interface Courier {

  /** Returns the kind of {@link OutboxEntry} that this courier sends. */
  String kind();

  /**
   * Returns the queue of a message: those of one queue are sent one after another. By default, all
   * messages of this kind are in one queue. A channel's name is the queue of its messages.
   */
  default String queue(OutboxEntry entry) {
    return '.' + kind();
  }

  /**
   * Sends a message, within 30 s. When this returns, the message is not sent again.
   *
   * @throws DeliveryException if it was not sent; it is sent again later under the same id
   */
  void send(OutboxEntry entry);
}
