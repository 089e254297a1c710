package dev.nexo.pairing.outbox;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.broker.Broker;
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
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes what is due out of the outbox and hands it over, the only one to do so. Looks every second,
 * and at once when woken. Each channel has a lane of its own: an adapter that hangs holds up its
 * channel and no other.
 */
@Component
final class OutboxDelivery implements ChallengeDelivery {

  private static final Logger LOG = System.getLogger(OutboxDelivery.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int BATCH = 100;
  private static final int LANE_DEPTH = 1_000;
  private static final int MAX_IN_FLIGHT = 4_000;

  /** Less than fits into a lane: what a lane refuses stays claimed, and waits for a minute. */
  private static final int ENOUGH_IN_FLIGHT = 500;

  private static final int STOPPING_SECONDS = 3;

  /** An attempt that takes longer than this holds up its channel; handing over takes 1 ms. */
  private static final Duration HELD_UP = Duration.ofMillis(150);

  /**
   * A claim holds for a minute, and sending may take half of it. What has waited in its lane for
   * longer than this is left alone: it will be due, and claimed, again.
   */
  private static final Duration CLAIM_IS_GOOD_FOR = Duration.ofSeconds(25);

  private final Outbox outbox;
  private final OutboxSender carrier;
  private final Broker broker;
  private final ScheduledExecutorService schedule;
  private final Executor workers;
  private final Clock clock;
  private final Event<PairingEvent> notices;

  private final DeliveryAcks marks;
  private final KeyedExecutor lanes;
  private final OutageLog outage = new OutageLog();
  private final DeliveryResults outcomes = new DeliveryResults();
  private final Set<String> inFlight = ConcurrentHashMap.newKeySet();

  /** The attempt that is under way, by channel. */
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  private final AtomicInteger wanted = new AtomicInteger();
  private final AtomicBoolean retryNow = new AtomicBoolean();
  private volatile boolean moreIsDue;
  private volatile boolean stopped;
  private volatile Future<?> ticking;

  @Inject
  OutboxDelivery(
      Outbox outbox,
      OutboxSender carrier,
      Broker broker,
      ScheduledExecutorService schedule,
      WorkerThreads workers,
      Clock clock,
      Event<PairingEvent> notices) {
    this.outbox = outbox;
    this.carrier = carrier;
    this.broker = broker;
    this.schedule = schedule;
    this.workers = workers;
    this.clock = clock;
    this.notices = notices;
    this.marks = new DeliveryAcks(outbox);
    this.lanes = new KeyedExecutor(workers, 1, LANE_DEPTH, MAX_IN_FLIGHT);
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
    broker.onConnected(this::brokerIsBack);
    ticking = schedule.scheduleWithFixedDelay(this::wake, 0, 1, TimeUnit.SECONDS);
  }

  private void brokerIsBack() {
    retryNow.set(true);
    wake();
  }

  @Override
  public DeliveryResult deliver(PendingRequest request) {
    return outcomes.await(
        request.requestId(),
        this::wake,
        PATIENCE,
        () -> isHeldUp(request),
        () -> carrier.handedOverElsewhere(request));
  }

  /**
   * Whether the attempt before this one hangs. A broker or an adapter that hangs is tried by one
   * attempt at a time, and one caller waits for that one: callers wait on the server's threads, of
   * which there are few, and those of admitted senders and of probes are among them.
   */
  private boolean isHeldUp(PendingRequest request) {
    Running attempt = running.get(request.sender().channel());
    return attempt != null
        && !attempt.requestId().equals(request.requestId())
        && System.nanoTime() - attempt.since() > HELD_UP.toNanos();
  }

  private record Running(String requestId, long since) {}

  @Override
  public void wake() {
    if (!stopped && wanted.getAndIncrement() == 0) {
      try {
        workers.execute(this::work);
      } catch (RejectedExecutionException e) {
        wanted.set(0);
      }
    }
  }

  private void work() {
    int served = 0;
    try {
      do {
        served = wanted.get();
        look();
      } while (!wanted.compareAndSet(served, 0) && !stopped);
    } catch (RuntimeException | Error e) {
      // Whatever it was, the next second has to be able to try again.
      wanted.set(0);
      throw e;
    }
  }

  private void look() {
    try {
      marks.flush();
      if (retryNow.compareAndSet(true, false)) {
        retryEverything();
      }
      List<OutboxEntry> due;
      do {
        Instant claimedAt = clock.instant();
        due = outbox.claim(BATCH);
        due.forEach(entry -> accept(entry, claimedAt));
        moreIsDue = due.size() == BATCH;
      } while (moreIsDue && inFlight.size() < ENOUGH_IN_FLIGHT && !stopped);
      outage.ended();
    } catch (RuntimeException e) {
      outage.began(e);
    }
  }

  private void retryEverything() {
    try {
      outbox.retryNow();
    } catch (RuntimeException e) {
      retryNow.set(true);
      throw e;
    }
  }

  private void accept(OutboxEntry entry, Instant claimedAt) {
    if (marks.isUnmarked(entry) || !inFlight.add(entry.id())) {
      return;
    }
    boolean taken = lanes.submit(entry.recipient().channel(), 1, () -> attempt(entry, claimedAt));
    if (!taken) {
      inFlight.remove(entry.id());
    }
  }

  private void attempt(OutboxEntry entry, Instant claimedAt) {
    String channel = entry.recipient().channel();
    running.put(channel, new Running(String.valueOf(entry.requestId()), System.nanoTime()));
    try {
      if (marks.wasSent(entry)) {
        marks.sent(entry);
        marks.flush();
      } else if (!stopped && !clock.instant().isAfter(claimedAt.plus(CLAIM_IS_GOOD_FOR))) {
        carry(entry);
      }
    } catch (RuntimeException e) {
      outage.began(e);
    } finally {
      running.remove(channel);
      inFlight.remove(entry.id());
      if (moreIsDue && inFlight.size() < BATCH) {
        wake();
      }
    }
  }

  private void carry(OutboxEntry entry) {
    long connection = broker.connections();
    DeliveryResult result = carrier.carry(entry);
    switch (result) {
      case DELIVERED_VIA_ADAPTER, DELIVERED_VIA_BROKER, ALREADY_DELIVERED -> marks.sent(entry);
      case PUBLISH_FAILED, NO_ADAPTER_NO_BROKER_TOPIC -> marks.failed(entry);
    }
    if (entry.code() != null) {
      outcomes.record(entry.requestId(), result);
    }
    try {
      marks.flush();
    } finally {
      if (entry.code() != null && entry.attempts() == 0) {
        tell(new PairingEvent.ChallengeDelivered(entry.recipient().channel(), result));
      }
      if (broker.connections() != connection) {
        // The broker came back during the attempt: what failed just now need not wait either.
        brokerIsBack();
      }
    }
  }

  private void tell(PairingEvent notice) {
    try {
      notices.fire(notice);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An observer of ChallengeDelivered failed: {0}", e.getClass());
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
    if (!lanes.close(STOPPING_SECONDS)) {
      LOG.log(Level.INFO, "An adapter still hangs; what it was given is tried after the start");
    }
    try {
      marks.flush();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The outbox was not told of everything that went out");
    }
  }
}
