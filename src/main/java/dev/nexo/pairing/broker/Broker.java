package dev.nexo.pairing.broker;

import dev.nexo.pairing.spi.DeliveryException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What carries messages between this module and the rest of Nexo. Thread-safe. Nothing is kept here
 * for later: what a broker that is away does not take is the caller's to try again.
 */
public interface Broker {

  /** The queue group of every subscription: of several nodes one gets the message. */
  String QUEUE_GROUP = "pairing";

  /**
   * Publishes and waits, 2 s at most, until the broker has said that it has the message.
   *
   * @param subject where to
   * @param body what, at most what the broker takes (NATS: 1 MiB unless configured)
   * @throws DeliveryException where the broker did not confirm it; at once where it is known to be
   *     away
   */
  void publish(String subject, byte[] body);

  /**
   * Passes a message on without waiting for a confirmation, for what is as fleeting as the message
   * it came from.
   *
   * @throws DeliveryException where it could not even be handed to the connection
   */
  void pass(BusMessage message);

  /**
   * Asks and waits for the one answer.
   *
   * @param subject whom to ask
   * @param question makes the question's body; it is given the subject that the answer will be
   *     awaited on
   * @param timeout how long to wait
   * @return the answer's body
   * @throws DeliveryException where there is no answer in time, or nobody to give one
   */
  byte[] request(String subject, Function<String, byte[]> question, Duration timeout);

  /**
   * Takes part in a subject from now on, also over reconnections.
   *
   * @param subject what to listen to, NATS wildcards allowed
   * @param handler is called for one message at a time and must not block; what it throws is logged
   */
  void subscribe(String subject, Consumer<BusMessage> handler);

  /** How the connection is, as far as is known. */
  BrokerState state();

  /** Why there is no connection, in a few words without secrets; empty where there is one. */
  default Optional<String> fault() {
    return Optional.empty();
  }

  /** How often a connection has come about so far. */
  long connections();

  /**
   * Whether somebody may be listening to what is published: always so with NATS; in this process
   * where there is an observer.
   */
  boolean hasAudience();

  /** Tells a listener of every connection from now on; it must neither block nor throw. */
  void onConnected(Runnable listener);
}
