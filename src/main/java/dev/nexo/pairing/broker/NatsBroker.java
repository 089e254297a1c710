package dev.nexo.pairing.broker;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.spi.DeliveryException;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * The broker on a NATS server. It connects in the background and retries every second until it
 * succeeds, whatever the reason of the failure.
 *
 * <p>A lost connection is replaced by a new one instead of using the library's reconnection: the
 * library would keep unsent messages and send them after the outbox has already sent them again.
 * Thread-safe.
 */
final class NatsBroker implements Broker, AutoCloseable {

  private static final Logger LOG = System.getLogger(NatsBroker.class.getName());
  private static final long RETRY_MILLIS = 1_000;

  /** How long a message waits for the previous one. A confirmation usually takes 1 ms. */
  private static final long TURN_MILLIS = 500;

  /** How long subjects may be. Above 4,096 bytes a line, NATS closes the connection. */
  private static final int MAX_SUBJECTS = 4_000;

  private final NatsOptions options;
  private final ScheduledExecutorService executor;
  private final List<NatsSubscription> subscriptions = new CopyOnWriteArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<Connection> current = new AtomicReference<>();
  private final AtomicLong connections = new AtomicLong();
  private final ReentrantLock publishing = new ReentrantLock();
  private volatile Future<?> connecting;
  private volatile String fault = "not tried yet";
  private final OutageReasons reasons;
  private volatile boolean closed;

  NatsBroker(NatsOptions options, ScheduledExecutorService executor, Ticker ticker) {
    this.options = options;
    this.executor = executor;
    this.reasons = new OutageReasons(ticker);
  }

  /** Starts connecting; returns at once. */
  void start() {
    schedule(0);
  }

  private void schedule(long delayMillis) {
    if (!closed) {
      try {
        connecting = executor.schedule(this::connect, delayMillis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.log(Level.DEBUG, "The server stops; no more attempts to reach NATS");
      }
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    NatsConnectionListener events = new NatsConnectionListener(this::lost);
    NatsReaderExecutor reader = new NatsReaderExecutor(this::readerFailed);
    try {
      Connection fresh =
          Nats.connect(
              options
                  .builder()
                  .connectionListener(events)
                  .errorListener(events)
                  .readerExecutor(reader)
                  .build());
      connected(fresh, reader);
    } catch (AuthenticationException | IllegalStateException e) {
      failed(e.getMessage());
    } catch (IOException | RuntimeException e) {
      // The exception message may contain the URL with a password.
      failed(events.lastFault());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(String fault) {
    this.fault = fault;
    if (reasons.isNews(fault)) {
      LogMessage.NATS_UNREACHABLE.log(LOG, options.describe(), fault);
    }
    if (current.get() == null) {
      schedule(RETRY_MILLIS);
    }
  }

  private void connected(Connection fresh, NatsReaderExecutor reader) {
    // Set the connection first: otherwise a concurrent subscribe() could be missed by both sides,
    // and so could a failure of the reader.
    current.set(fresh);
    if (reader.failure() != null) {
      readerFailed(reader, reader.failure());
      return;
    }
    subscriptions.forEach(subscription -> subscription.openOn(fresh));
    if (closed || fresh.getStatus() != Connection.Status.CONNECTED) {
      lost(fresh, "closed at once");
      return;
    }
    connections.incrementAndGet();
    reasons.ended();
    LogMessage.NATS_CONNECTED.log(LOG, options.describe());
    listeners.forEach(Runnable::run);
  }

  private void readerFailed(NatsReaderExecutor reader, Throwable cause) {
    Connection connection = current.get();
    if (connection != null && connection.getOptions().getReaderExecutor() == reader) {
      lost(connection, "the reader failed: " + cause.getClass().getName());
    }
  }

  private void lost(Connection connection, String reason) {
    if (current.compareAndSet(connection, null)) {
      fault = "the connection was lost: " + reason;
      if (!closed) {
        LogMessage.NATS_LOST.log(LOG, reason);
      }
      shutLater(connection);
      schedule(RETRY_MILLIS);
    }
  }

  /** Closes in the background: closing may block, and the caller may hold the publishing lock. */
  private void shutLater(Connection connection) {
    try {
      executor.execute(() -> shut(connection));
    } catch (RejectedExecutionException e) {
      shut(connection);
    }
  }

  private static void shut(Connection connection) {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Connection connection() {
    Connection connection = current.get();
    if (connection == null || connection.getStatus() != Connection.Status.CONNECTED) {
      throw new DeliveryException("NATS is not connected", null);
    }
    return connection;
  }

  @Override
  public void publish(BusMessage message) {
    String subject = message.subject();
    Connection connection = connection();
    checkSize(connection, message);
    // One at a time, so that an error reported by the server belongs to this message.
    takeTurn(subject);
    try {
      connection.clearLastError();
      connection.publish(nats(message));
      // RTT() and not flush(), which returns normally if the connection is lost.
      connection.RTT();
      String refusal = connection.getLastError();
      if (refusal != null && refusal.contains("Permissions Violation for Publish")) {
        throw new DeliveryException("NATS does not permit publishing on " + subject, null);
      }
    } catch (IOException e) {
      // The server may only be slow. A new connection ensures that no message stays queued.
      lost(connection, "a message was not confirmed");
      throw new DeliveryException("NATS did not confirm the message on " + subject, e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new DeliveryException("NATS did not take the message on " + subject, e);
    } finally {
      publishing.unlock();
    }
  }

  /** Checked here, because the library's message does not say what to do. */
  private static void checkSize(Connection connection, BusMessage message) {
    long max = connection.getMaxPayload();
    int size = message.body().length;
    if (max > 0 && size > max) {
      throw new DeliveryException(
          "The message on %s has %d bytes, and NATS accepts at most %d. Raise max_payload in the"
                  .formatted(message.subject(), size, max)
              + " configuration of nats-server",
          null);
    }
    int reply = message.replyTo() == null ? 0 : message.replyTo().length();
    if (message.subject().length() + reply > MAX_SUBJECTS) {
      throw new DeliveryException("The subject and the reply subject are too long for NATS", null);
    }
  }

  /** Acquires the publishing lock, but does not wait long for a broker that hangs. */
  private void takeTurn(String subject) {
    try {
      if (!publishing.tryLock(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new DeliveryException(
            "NATS has not confirmed the message before the one on " + subject, null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException("Interrupted before publishing on " + subject, e);
    }
  }

  @Override
  public void pass(BusMessage message) {
    Connection connection = connection();
    checkSize(connection, message);
    try {
      connection.publish(nats(message));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new DeliveryException("NATS did not take the message on " + message.subject(), e);
    }
  }

  private static Message nats(BusMessage message) {
    Headers headers = new Headers();
    message.headers().forEach(headers::add);
    return NatsMessage.builder()
        .subject(message.subject())
        .replyTo(message.replyTo())
        .headers(headers.isEmpty() ? null : headers)
        .data(message.body())
        .build();
  }

  @Override
  public byte[] request(String subject, Function<String, byte[]> question, Duration timeout) {
    Connection connection = connection();
    // Not the library's request(), because the body has to contain the reply subject.
    try {
      String inbox = connection.createInbox();
      Subscription answers = connection.subscribe(inbox);
      try {
        byte[] body = question.apply(inbox);
        checkSize(connection, new BusMessage(subject, inbox, Map.of(), body));
        connection.publish(subject, inbox, body);
        return body(answers.nextMessage(timeout), subject, timeout);
      } finally {
        if (answers.isActive()) {
          answers.unsubscribe();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException("Interrupted while waiting for " + subject, e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new DeliveryException("NATS was lost while waiting for " + subject, e);
    }
  }

  private static byte[] body(Message answer, String subject, Duration timeout) {
    if (answer == null) {
      throw new DeliveryException("No answer on " + subject + " within " + timeout, null);
    }
    if (answer.isStatusMessage()) {
      throw new DeliveryException("Nobody listens on " + subject, null);
    }
    return answer.getData();
  }

  @Override
  public void subscribe(String subject, Consumer<BusMessage> handler, LongConsumer lost) {
    NatsSubscription subscription = new NatsSubscription(subject, handler, lost);
    subscriptions.add(subscription);
    Connection connection = current.get();
    if (connection != null) {
      subscription.openOn(connection);
    }
  }

  @Override
  public BrokerState state() {
    Connection connection = current.get();
    if (connection != null && connection.getStatus() == Connection.Status.CONNECTED) {
      return BrokerState.CONNECTED;
    }
    return connections.get() == 0 ? BrokerState.NEVER_CONNECTED : BrokerState.RECONNECTING;
  }

  @Override
  public Optional<String> fault() {
    return state() == BrokerState.CONNECTED ? Optional.empty() : Optional.of(fault);
  }

  @Override
  public long connections() {
    return connections.get();
  }

  @Override
  public boolean hasAudience() {
    return true;
  }

  @Override
  public void onConnected(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    closed = true;
    if (connecting != null) {
      connecting.cancel(true);
    }
    Connection connection = current.getAndSet(null);
    if (connection != null) {
      shut(connection);
    }
  }
}
