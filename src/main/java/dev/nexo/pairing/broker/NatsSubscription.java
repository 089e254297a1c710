package dev.nexo.pairing.broker;

import dev.nexo.pairing.internal.LogMessage;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A subscription of this server that moves to each new connection. Thread-safe. */
final class NatsSubscription {

  private static final Logger LOG = System.getLogger(NatsSubscription.class.getName());
  private static final int MAX_WAITING = 10_000;
  private static final long MAX_WAITING_BYTES = 32L << 20;

  private final String subject;
  private final Consumer<BusMessage> handler;
  private final AtomicReference<Connection> openOn = new AtomicReference<>();

  NatsSubscription(String subject, Consumer<BusMessage> handler) {
    this.subject = subject;
    this.handler = handler;
  }

  /** Subscribes on a new connection. Further calls with the same connection have no effect. */
  void openOn(Connection connection) {
    if (openOn.getAndSet(connection) == connection) {
      return;
    }
    try {
      Dispatcher dispatcher = connection.createDispatcher(this::handle);
      dispatcher.setPendingLimits(MAX_WAITING, MAX_WAITING_BYTES);
      dispatcher.subscribe(subject, Broker.QUEUE_GROUP);
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "The connection closed before {0} was subscribed to", subject);
    }
  }

  private void handle(Message message) {
    try {
      handler.accept(
          new BusMessage(
              message.getSubject(),
              message.getReplyTo(),
              headers(message.getHeaders()),
              message.getData()));
    } catch (RuntimeException e) {
      LogMessage.BUS_MESSAGE_FAILED.log(LOG, subject, e.getClass().getName());
    }
  }

  private static Map<String, List<String>> headers(Headers headers) {
    if (headers == null || headers.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> copy = new HashMap<>();
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return copy;
  }
}
