package dev.nexo.pairing.outbox;

import com.github.benmanes.caffeine.cache.Ticker;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Sends the messages in the outbox to their channels, in the background. No other class sends them.
 *
 * <p><b>In:</b> rows that the gate and the store insert into the outbox: challenges, and messages
 * that a request was approved, was denied or has expired. {@link #deliver} sends the challenge of
 * one request at once and waits for the result.
 *
 * <p><b>What happens:</b> Delivery works in rounds, one at a time. A round starts every second,
 * when {@link #wake} is called, and when an attempt ends. It records the results of finished
 * attempts in the outbox, claims up to 100 due entries for one minute, and starts an attempt for
 * each. An attempt sends one message. Attempts of one channel run one after another, in the order
 * of the outbox, so an adapter that hangs delays its own channel only. Messages outside the
 * channels have queues of their own ({@link Courier#queue}). If many messages of a channel, or of a
 * kind outside the channels, wait here already, no more of them are claimed; so a webhook that
 * hangs delays no challenge, however many calls are due.
 *
 * <p><b>Out:</b> one message for each entry, through the channel's adapter or on the channel's
 * broker subject, and a {@link PairingEvent.ChallengeDelivered} after the first attempt of each
 * challenge.
 *
 * <p><b>What can go wrong:</b>
 *
 * <ul>
 *   <li>The adapter or the broker fails: the entry stays in the outbox and is due again after 1 s,
 *       later after up to 1 min, and at once when the broker has a new connection.
 *   <li>The database fails: the results stay in memory, and the entries are not sent again, until a
 *       round can record them.
 *   <li>The server fails: its claims expire after a minute. Another server then sends the messages
 *       under the same ids, so the receiver can recognize a duplicate.
 * </ul>
 *
 * <p>Thread-safe. No method throws because of a broker, an adapter or the database.
 */
@Component
public final class OutboxDelivery {

  private static final Logger LOG = System.getLogger(OutboxDelivery.class.getName());

  private static final int BATCH = 100;
  private static final int MAX_WAITING_PER_CHANNEL = 1_000;
  private static final int MAX_ATTEMPTS = 4_000;

  /**
   * No further batch is claimed at this number of attempts. It is lower than one channel's limit,
   * because an entry that a full channel rejects stays claimed for a minute.
   */
  private static final int ENOUGH_ATTEMPTS = 500;

  /** Of a channel with this number of attempts, no further messages are claimed. */
  private static final int BUSY_CHANNEL = 300;

  /** Of a kind outside the channels with this number of attempts, no further ones are claimed. */
  private static final int BUSY_KIND = 100;

  private static final int STOPPING_SECONDS = 3;

  /** An attempt that takes longer than this delays its channel. Sending usually takes 1 ms. */
  private static final Duration HELD_UP = Duration.ofMillis(150);

  /**
   * How long after its claim an entry may still be sent. A claim is valid for a minute and sending
   * may take 30 s. An older entry is not sent; it becomes due and is claimed again.
   */
  private static final Duration CLAIM_IS_GOOD_FOR = Duration.ofSeconds(25);

  /** The attempt to send one claimed entry. */
  private static final class Attempt {
    private final OutboxEntry entry;
    private final long claimedAt;
    private final long connection;
    private volatile long runningSince;
    private volatile boolean running;
    private volatile DeliveryResult result;

    Attempt(OutboxEntry entry, long claimedAt, long connection) {
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
  private final Ticker ticker;
  private final Event<PairingEvent> events;

  /** Runs the rounds, one at a time; at most one more waits. */
  private final KeyedExecutor rounds;

  /** Runs the attempts, one at a time for each channel. */
  private final KeyedExecutor channels;

  /** The claimed entries whose result is not yet recorded in the outbox, by entry id. */
  private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

  private final DeliveryResults results = new DeliveryResults();

  /** The number of the broker connection for which all entries were last made due. */
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
      Ticker ticker,
      Event<PairingEvent> events) {
    this.outbox = outbox;
    this.sender = sender;
    this.broker = broker;
    this.schedule = schedule;
    this.ticker = ticker;
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
   * Returns the text of a request's challenge, in the sender's language and the channel's markup.
   */
  public String challengeText(PendingRequest request) {
    return sender.challengeText(request);
  }

  /**
   * Delivers a request's challenge now, and waits up to 3 s for the result.
   *
   * @param request a pending request whose challenge is in the outbox
   * @return the result; {@link DeliveryResult#PUBLISH_FAILED} if it is not known in time. The
   *     challenge then waits in the outbox, or is still being sent
   */
  public DeliveryResult deliver(PendingRequest request) {
    return results.await(
        request.requestId(),
        this::wake,
        () -> isHeldUp(request),
        () -> sender.sentElsewhere(request));
  }

  /**
   * Whether another attempt of the channel hangs. If so, callers of other requests do not wait:
   * they would occupy the server's few request threads, which admitted senders and health probes
   * also need.
   */
  private boolean isHeldUp(PendingRequest request) {
    long now = ticker.read();
    return attempts.values().stream()
        .anyMatch(
            attempt ->
                attempt.running
                    && now - attempt.runningSince > HELD_UP.toNanos()
                    && attempt.entry.recipient().channel().equals(request.sender().channel())
                    && !request.requestId().equals(attempt.entry.requestId()));
  }

  /** Starts a round that claims the due entries. Returns at once. */
  public void wake() {
    claimWanted = true;
    startRound();
  }

  private void startRound() {
    // Rejected if a round already waits; that round does the work.
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

  /**
   * Records the results of finished attempts in the outbox. After a failure, the next round
   * retries.
   */
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
      // The broker reconnected after these entries were claimed, so they are due at once too.
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
    long claimedAt = ticker.read();
    List<OutboxEntry> due = outbox.claim(BATCH, busy());
    for (OutboxEntry entry : due) {
      Attempt attempt = new Attempt(entry, claimedAt, connection);
      if (attempts.putIfAbsent(entry.id(), attempt) == null
          && !channels.submit(sender.queue(entry), 1, () -> run(attempt))) {
        attempts.remove(entry.id());
      }
    }
    if (due.size() == BATCH && attempts.size() < ENOUGH_ATTEMPTS) {
      wake();
    }
  }

  private Outbox.Busy busy() {
    if (attempts.size() < BUSY_KIND) {
      return Outbox.Busy.NOTHING;
    }
    Map<String, Integer> kinds = new HashMap<>();
    Map<String, Integer> byChannel = new HashMap<>();
    for (Attempt attempt : attempts.values()) {
      OutboxEntry entry = attempt.entry;
      String channel = entry.recipient().channel();
      if (sender.queue(entry).equals(channel)) {
        byChannel.merge(channel, 1, Integer::sum);
      } else {
        kinds.merge(entry.kind(), 1, Integer::sum);
      }
    }
    return new Outbox.Busy(atLeast(BUSY_KIND, kinds), atLeast(BUSY_CHANNEL, byChannel));
  }

  private static Set<String> atLeast(int limit, Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .filter(count -> count.getValue() >= limit)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private void run(Attempt attempt) {
    OutboxEntry entry = attempt.entry;
    try {
      if (!stopped && ticker.read() - attempt.claimedAt <= CLAIM_IS_GOOD_FOR.toNanos()) {
        attempt.runningSince = ticker.read();
        attempt.running = true;
        attempt.result = sender.send(entry);
      }
    } finally {
      attempt.running = false;
      if (attempt.result == null) {
        attempts.remove(entry.id());
      }
    }
    if (attempt.result != null && entry.isChallenge()) {
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
