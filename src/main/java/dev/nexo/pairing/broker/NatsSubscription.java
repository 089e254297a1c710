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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A subscription of this server that moves to each new connection. Thread-safe. */
final class NatsSubscription {

  private static final Logger LOG = System.getLogger(NatsSubscription.class.getName());
  // The handler only queues a message, so these limits are reached if this thread gets no time.
  private static final int MAX_WAITING = 100_000;
  private static final long MAX_WAITING_BYTES = 32L << 20;

  private final String subject;
  private final Consumer<BusMessage> handler;
  private final LongConsumer lost;
  private final AtomicReference<Connection> openOn = new AtomicReference<>();

  NatsSubscription(String subject, Consumer<BusMessage> handler, LongConsumer lost) {
    this.subject = subject;
    this.handler = handler;
    this.lost = lost;
  }

  /** Subscribes on a new connection. Further calls with the same connection have no effect. */
  void openOn(Connection connection) {
    if (openOn.getAndSet(connection) == connection) {
      return;
    }
    try {
      Dispatcher dispatcher = connection.createDispatcher();
      dispatcher.setPendingLimits(MAX_WAITING, MAX_WAITING_BYTES);
      AtomicLong reported = new AtomicLong();
      dispatcher.subscribe(
          subject,
          Broker.QUEUE_GROUP,
          message -> {
            handle(message);
            reportLost(dispatcher.getDroppedCount(), reported);
          });
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

  /**
   * Reports what the library has discarded. It does that only while messages wait, so that this is
   * called again after the last one was discarded.
   */
  private void reportLost(long dropped, AtomicLong reported) {
    long more = dropped - reported.getAndSet(dropped);
    if (more > 0) {
      lost.accept(more);
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
