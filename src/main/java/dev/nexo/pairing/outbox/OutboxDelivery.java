package dev.nexo.pairing.outbox;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.KeyedExecutor;
import dev.nexo.pairing.platform.WorkerThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends what is in the outbox; the only class that does. Thread-safe; nothing here throws because
 * of a broker, an adapter or the database.
 *
 * <p>It works in rounds, one at a time: every second, when {@link #wake} is called, and when an
 * attempt ends. A round tells the outbox how the attempts since the last round ended, claims what
 * is due, and starts an attempt for each claimed entry. An attempt sends one message. Attempts of a
 * channel run one after another, in the order of the outbox, so an adapter that hangs delays its
 * own channel only.
 *
 * <p>An entry has one attempt from its claim until the outbox knows the result, however long the
 * database is away: no message is sent twice. If a node dies, its claims expire after a minute and
 * another node sends the messages, under the same ids.
 */
@Component
public final class OutboxDelivery {

  private static final Logger LOG = System.getLogger(OutboxDelivery.class.getName());

  private static final int BATCH = 100;
  private static final int MAX_WAITING_PER_CHANNEL = 1_000;
  private static final int MAX_ATTEMPTS = 4_000;

  /** Less than one channel takes: an entry that its channel refuses stays claimed for a minute. */
  private static final int ENOUGH_ATTEMPTS = 500;

  private static final int STOPPING_SECONDS = 3;

  /** An attempt that takes longer than this delays its channel; sending takes 1 ms. */
  private static final Duration HELD_UP = Duration.ofMillis(150);

  /**
   * A claim is valid for a minute, and sending may take half of it. An entry that has waited for
   * longer than this is left alone: it will be due, and claimed, again.
   */
  private static final Duration CLAIM_IS_GOOD_FOR = Duration.ofSeconds(25);

  /** One claimed entry on its way. */
  private static final class Attempt {
    private final OutboxEntry entry;
    private final Instant claimedAt;
    private final long connection;
    private volatile long runningSince;
    private volatile boolean running;
    private volatile DeliveryResult result;

    Attempt(OutboxEntry entry, Instant claimedAt, long connection) {
      this.entry = entry;
      this.claimedAt = claimedAt;
      this.connection = connection;
    }

    private boolean hasFailed() {
      return result == DeliveryResult.PUBLISH_FAILED
          || result == DeliveryResult.NO_ADAPTER_NO_BROKER_TOPIC;
    }
  }

  private final Outbox outbox;
  private final OutboxSender sender;
  private final Broker broker;
  private final ScheduledExecutorService schedule;
  private final Clock clock;
  private final Event<PairingEvent> events;

  /** Runs a round, while at most one more waits. */
  private final KeyedExecutor rounds;

  /** Runs attempts, by channel. */
  private final KeyedExecutor channels;

  /** What is claimed and not yet acknowledged, by entry. */
  private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

  private final DeliveryResults results = new DeliveryResults();

  /** The connection to the broker that the last retry of everything was for. */
  private long retriedOn;

  private boolean outageLogged;
  private volatile boolean claimWanted;
  private volatile boolean stopped;
  private volatile Future<?> ticking;

  @Inject
  OutboxDelivery(
      Outbox outbox,
      OutboxSender sender,
      Broker broker,
      ScheduledExecutorService schedule,
      WorkerThreads workers,
      Clock clock,
      Event<PairingEvent> events) {
    this.outbox = outbox;
    this.sender = sender;
    this.broker = broker;
    this.schedule = schedule;
    this.clock = clock;
    this.events = events;
    this.rounds = new KeyedExecutor(workers, 1, 1, 2);
    this.channels = new KeyedExecutor(workers, 1, MAX_WAITING_PER_CHANNEL, MAX_ATTEMPTS);
    this.retriedOn = broker.connections();
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
    broker.onConnected(this::wake);
    ticking = schedule.scheduleWithFixedDelay(this::wake, 0, 1, TimeUnit.SECONDS);
  }

  /**
   * Has a request's challenge delivered now, and waits for the result, 3 s at most.
   *
   * @param request a pending request whose challenge is in the outbox
   * @return the result; {@link DeliveryResult#PUBLISH_FAILED} if it is not known in time: the
   *     challenge waits in the outbox then, or is being sent
   */
  public DeliveryResult deliver(PendingRequest request) {
    return results.await(
        request.requestId(),
        this::wake,
        () -> isHeldUp(request),
        () -> sender.sentElsewhere(request));
  }

  /**
   * Whether another attempt of the channel hangs. One caller waits for that one: callers wait on
   * the server's threads, of which there are few, and those of admitted senders and of probes are
   * among them.
   */
  private boolean isHeldUp(PendingRequest request) {
    long now = System.nanoTime();
    return attempts.values().stream()
        .anyMatch(
            attempt ->
                attempt.running
                    && now - attempt.runningSince > HELD_UP.toNanos()
                    && attempt.entry.recipient().channel().equals(request.sender().channel())
                    && !request.requestId().equals(attempt.entry.requestId()));
  }

  /** Claims what is due now, and returns at once. */
  public void wake() {
    claimWanted = true;
    startRound();
  }

  private void startRound() {
    // Refused if one waits already, which will do as well.
    rounds.submit("round", 1, this::round);
  }

  private void round() {
    try {
      acknowledge();
      retryOnNewConnection();
      claim();
      if (outageLogged) {
        LogMessage.OUTBOX_REACHABLE.log(LOG);
        outageLogged = false;
      }
    } catch (RuntimeException e) {
      if (!outageLogged) {
        LogMessage.OUTBOX_UNREACHABLE.log(LOG, e.getMessage());
        outageLogged = true;
      }
    }
  }

  /** Tells the outbox how attempts ended; what it cannot be told now, it is told next time. */
  private synchronized void acknowledge() {
    List<Attempt> sent = new ArrayList<>();
    List<Attempt> failed = new ArrayList<>();
    for (Attempt attempt : attempts.values()) {
      if (attempt.result != null) {
        (attempt.hasFailed() ? failed : sent).add(attempt);
      }
    }
    acknowledge(sent, outbox::sent);
    acknowledge(failed, outbox::failed);
    if (failed.stream().anyMatch(attempt -> attempt.connection != broker.connections())) {
      // The broker came back after these were claimed, so they need not wait either.
      retriedOn = -1;
    }
  }

  private void acknowledge(List<Attempt> ended, Consumer<Collection<OutboxEntry>> told) {
    if (!ended.isEmpty()) {
      told.accept(ended.stream().map(attempt -> attempt.entry).toList());
      ended.forEach(attempt -> attempts.remove(attempt.entry.id()));
    }
  }

  private void retryOnNewConnection() {
    long connection = broker.connections();
    if (connection != retriedOn) {
      outbox.retryNow();
      retriedOn = connection;
    }
  }

  private void claim() {
    if (stopped || (!claimWanted && attempts.size() >= BATCH)) {
      return;
    }
    claimWanted = false;
    long connection = broker.connections();
    Instant claimedAt = clock.instant();
    List<OutboxEntry> due = outbox.claim(BATCH);
    for (OutboxEntry entry : due) {
      Attempt attempt = new Attempt(entry, claimedAt, connection);
      if (attempts.putIfAbsent(entry.id(), attempt) == null
          && !channels.submit(entry.recipient().channel(), 1, () -> run(attempt))) {
        attempts.remove(entry.id());
      }
    }
    if (due.size() == BATCH && attempts.size() < ENOUGH_ATTEMPTS) {
      wake();
    }
  }

  private void run(Attempt attempt) {
    OutboxEntry entry = attempt.entry;
    try {
      if (!stopped && !clock.instant().isAfter(attempt.claimedAt.plus(CLAIM_IS_GOOD_FOR))) {
        attempt.runningSince = System.nanoTime();
        attempt.running = true;
        attempt.result = sender.send(entry);
      }
    } finally {
      attempt.running = false;
      if (attempt.result == null) {
        attempts.remove(entry.id());
      }
    }
    if (attempt.result != null && entry.code() != null) {
      results.record(entry.requestId(), attempt.result);
      if (entry.attempts() == 0) {
        fire(new PairingEvent.ChallengeDelivered(entry.recipient().channel(), attempt.result));
      }
    }
    startRound();
  }

  private void fire(PairingEvent event) {
    try {
      events.fire(event);
    } catch (RuntimeException e) {
      LogMessage.OBSERVER_FAILED.log(LOG, e, event.getClass().getSimpleName());
    }
  }

  void stopping(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stopping) {
    stop();
  }

  @PreDestroy
  void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    if (ticking != null) {
      ticking.cancel(false);
    }
    if (!channels.close(STOPPING_SECONDS)) {
      LogMessage.ADAPTER_HANGS.log(LOG);
    }
    rounds.close(STOPPING_SECONDS);
    try {
      acknowledge();
    } catch (RuntimeException e) {
      LogMessage.ACKNOWLEDGEMENTS_LOST.log(LOG);
    }
  }
}
