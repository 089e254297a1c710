package dev.nexo.pairing.broker;

import dev.nexo.pairing.spi.DeliveryException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Carries messages between this module and the rest of Nexo. It queues nothing: if the broker is
 * away, the caller has to try again. Thread-safe.
 */
public interface Broker {

  /** The queue group of every subscription, so that one of several servers receives a message. */
  String QUEUE_GROUP = "pairing";

  /**
   * Publishes a message and waits up to 2 s for the broker to confirm it.
   *
   * @param subject the subject to publish on
   * @param body the message, up to the broker's limit (NATS default: 1 MiB)
   * @throws DeliveryException if the broker does not confirm the message; thrown at once if there
   *     is no connection
   */
  default void publish(String subject, byte[] body) {
    publish(BusMessage.of(subject, body));
  }

  /**
   * Publishes a message with its headers and waits up to 2 s for the broker to confirm it.
   *
   * @throws DeliveryException if the broker does not confirm the message; thrown at once if there
   *     is no connection
   */
  void publish(BusMessage message);

  /**
   * Forwards a message without waiting for a confirmation. Used for messages that were received
   * without a delivery guarantee.
   *
   * @throws DeliveryException if there is no connection, or it rejects the message
   */
  void pass(BusMessage message);

  /**
   * Sends a request and waits for one answer.
   *
   * @param subject the subject to send the request to
   * @param question builds the request's body from the subject on which the answer is expected
   * @param timeout how long to wait
   * @return the answer's body
   * @throws DeliveryException if there is no answer in time, or no subscriber
   */
  byte[] request(String subject, Function<String, byte[]> question, Duration timeout);

  /**
   * Subscribes to a subject. The subscription survives reconnections.
   *
   * @param subject the subject; NATS wildcards are allowed
   * @param handler called with one message at a time; must not block; its exceptions are logged
   * @param lost called with the number of messages that were discarded since the last call, because
   *     they arrived faster than the handler returned
   */
  void subscribe(String subject, Consumer<BusMessage> handler, LongConsumer lost);

  /** The last known state of the connection. */
  BrokerState state();

  /** Why there is no connection, in a few words without secrets; empty if connected. */
  default Optional<String> fault() {
    return Optional.empty();
  }

  /** The number of connections established since the start. */
  long connections();

  /**
   * Whether published messages may have a receiver. Always true with NATS; within this process,
   * true if another module observes {@code BrokerMessage}.
   */
  boolean hasAudience();

  /** Registers a listener that is called after each new connection; it must not block or throw. */
  void onConnected(Runnable listener);
}
