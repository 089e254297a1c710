package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Tells the listeners of this server what happens on all servers of the database, by reading the
 * audit trail on, four times a second, for all of them together and only while there are any (ADR
 * 19). Where the database does not answer, it goes on later from where it stopped. Thread-safe.
 */
@Component
class EventFeed {

  /** How many may listen to one server. */
  static final int MAX_LISTENERS = 64;

  /** How long a stream lives; the client comes again, and proves anew who it is. */
  static final Duration MAX_LIFE = Duration.ofMinutes(15);

  static final Duration POLL = Duration.ofMillis(250);
  static final Duration BEAT = Duration.ofSeconds(15);

  /** How many lines one question reads. */
  static final int BATCH = 1_000;

  /** How many questions a round asks at most, so that the heartbeat has its turn. */
  private static final int MAX_BATCHES = 100;

  private static final Logger LOG = System.getLogger(EventFeed.class.getName());

  private final PairingStore store;
  private final EventFrames frames;
  private final Clock clock;
  private final ScheduledExecutorService background;

  /** Who listens; held only for moments, and never while anything is read or sent. */
  private final Map<EventSink, EventSubscriber> listeners = new LinkedHashMap<>();

  /** Whoever reads and tells; rounds of different kinds must not mix. */
  private final ReentrantLock turn = new ReentrantLock();

  private List<ScheduledFuture<?>> rounds = List.of();
  private boolean stopped;

  @Inject
  EventFeed(
      PairingStore store, EventFrames frames, Clock clock, ScheduledExecutorService background) {
    this.store = store;
    this.frames = frames;
    this.clock = clock;
    this.background = background;
  }

  /**
   * Takes a listener in.
   *
   * @param after the id of the line after which it hears of everything
   * @param login whether the login it came with still counts; asked at every beat
   * @return false where there are {@value #MAX_LISTENERS} already, or the server stops
   */
  synchronized boolean add(EventSink wire, long after, BooleanSupplier login) {
    if (stopped || listeners.size() >= MAX_LISTENERS) {
      return false;
    }
    listeners.put(wire, new EventSubscriber(wire, clock.instant(), after, login));
    if (rounds.isEmpty()) {
      rounds = List.of(every(POLL, this::poll), every(BEAT, this::beat));
    }
    return true;
  }

  /** Forgets a listener that has gone; one that is not here does no harm. */
  synchronized void remove(EventSink wire) {
    listeners.remove(wire);
    if (listeners.isEmpty()) {
      cancelRounds();
    }
  }

  /** Reads on, and tells. */
  void poll() {
    turn.lock();
    try {
      boolean more = true;
      for (int i = 0; i < MAX_BATCHES && more; i++) {
        more = readOn(all());
      }
    } catch (StorageUnavailableException e) {
      // There is a next round; nobody's position has moved past what they were told.
    } catch (RuntimeException e) {
      // A schedule that throws is never run again.
      LOG.log(Level.WARNING, "Events are late", e);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Reads a batch from where the listener stands that is furthest behind: nearly always all stand
   * together, and who has come again catches up with the one question that is asked anyway.
   *
   * @return whether there may be more
   */
  private boolean readOn(List<EventSubscriber> all) {
    if (all.isEmpty()) {
      return false;
    }
    long from = all.stream().mapToLong(EventSubscriber::position).min().orElseThrow();
    List<AuditEntry> lines = store.auditAfter(from, BATCH);
    for (AuditEntry line : lines) {
      Optional<String> frame = frames.of(line);
      all.forEach(listener -> listener.tell(line.id(), frame));
    }
    return lines.size() == BATCH;
  }

  /** Finds out who has gone, and ends what has lived for long enough, or whose login is over. */
  void beat() {
    turn.lock();
    try {
      Instant oldest = clock.instant().minus(MAX_LIFE);
      for (EventSubscriber listener : all()) {
        if (listener.since().isAfter(oldest) && listener.isSignedIn()) {
          listener.beat();
        } else {
          listener.end();
        }
      }
    } finally {
      turn.unlock();
    }
  }

  /** The server stops. */
  @PreDestroy
  void stop() {
    synchronized (this) {
      stopped = true;
      cancelRounds();
    }
    all().forEach(EventSubscriber::end);
  }

  private synchronized List<EventSubscriber> all() {
    return List.copyOf(listeners.values());
  }

  private ScheduledFuture<?> every(Duration time, Runnable round) {
    return background.scheduleWithFixedDelay(
        round, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void cancelRounds() {
    rounds.forEach(round -> round.cancel(false));
    rounds = List.of();
  }
}
