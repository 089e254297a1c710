package dev.nexo.pairing.http.operator;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.internal.StoreContinuity;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Duration;
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
 * Sends the events of all servers of the database to the listeners of this server. It polls the
 * audit trail four times a second, once for all listeners, and only while there are any (ADR 19).
 * If the database does not answer, it continues later from where it stopped. Thread-safe.
 */
@Component
class EventFeed {

  /** How many listeners one server may have. */
  static final int MAX_LISTENERS = 64;

  /** How long a stream lasts; then the client connects again and authenticates again. */
  static final Duration MAX_LIFE = Duration.ofMinutes(15);

  static final Duration POLL = Duration.ofMillis(250);
  static final Duration BEAT = Duration.ofSeconds(15);

  /** How many lines one query reads. */
  static final int BATCH = 1_000;

  /** How many queries one poll makes at most, so that the heartbeat is not late. */
  private static final int MAX_BATCHES = 100;

  /** A position after all lines of any audit trail. */
  private static final long NOWHERE = 999_999_999_999_999_999L;

  private static final Logger LOG = System.getLogger(EventFeed.class.getName());

  private final PairingStore store;
  private final StoreContinuity continuity;
  private final EventFrames frames;
  private final Ticker ticker;
  private final ScheduledExecutorService background;

  /** The listeners. The lock on this feed is never held while anything is read or sent. */
  private final Map<Sink, Subscriber> listeners = new LinkedHashMap<>();

  /** Held while a poll or a heartbeat runs; they must not interleave. */
  private final ReentrantLock turn = new ReentrantLock();

  private List<ScheduledFuture<?>> rounds = List.of();
  private boolean stopped;

  /** Whether listeners know that the database was replaced. Guarded by {@code turn}. */
  private boolean replaced;

  /** Sends frames to one listener. Thread-safe; no method waits for the listener. */
  interface Sink {

    /**
     * Sends a frame (WHATWG HTML, section 9.2.6) after the queued ones. A listener that is too slow
     * is disconnected instead.
     *
     * @param frame a whole frame, with the empty line at its end
     */
    void send(String frame);

    /** Ends the stream after the queued frames; immediately if it is called again. */
    void end();
  }

  /** A listener, and the id of the last line sent to it. Guarded by {@code turn}. */
  private static final class Subscriber {

    private final Sink sink;
    private final long since;
    private final BooleanSupplier login;
    private long position;

    Subscriber(Sink sink, long since, BooleanSupplier login, long position) {
      this.sink = sink;
      this.since = since;
      this.login = login;
      this.position = position;
    }
  }

  @Inject
  EventFeed(
      PairingStore store,
      StoreContinuity continuity,
      EventFrames frames,
      Ticker ticker,
      ScheduledExecutorService background) {
    this.store = store;
    this.continuity = continuity;
    this.frames = frames;
    this.ticker = ticker;
    this.background = background;
  }

  /**
   * Adds a listener.
   *
   * @param after the id of the line after which it receives all events
   * @param login whether its login is still valid; checked at every heartbeat
   * @return false if there are {@value #MAX_LISTENERS} already, or the server is stopping
   */
  synchronized boolean add(Sink sink, long after, BooleanSupplier login) {
    if (stopped || listeners.size() >= MAX_LISTENERS) {
      return false;
    }
    listeners.put(sink, new Subscriber(sink, ticker.read(), login, after));
    if (rounds.isEmpty()) {
      rounds = List.of(every(POLL, this::poll), every(BEAT, this::beat));
    }
    return true;
  }

  /** Removes a listener. Does nothing if it is not present. */
  synchronized void remove(Sink sink) {
    listeners.remove(sink);
    if (listeners.isEmpty()) {
      cancelRounds();
    }
  }

  /** Reads new lines of the audit trail, and sends their events. */
  void poll() {
    turn.lock();
    try {
      resetIfReplaced();
      boolean more = true;
      for (int i = 0; i < MAX_BATCHES && more; i++) {
        more = readOn(all());
      }
    } catch (StorageUnavailableException e) {
      // The next poll is soon, and no position has moved past what was sent.
    } catch (RuntimeException e) {
      // A schedule whose task throws does not run again.
      LogMessage.EVENTS_DELAYED.log(LOG, e);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Sends a reset when the database was replaced and when it is back. While it is replaced, the
   * position is one that no audit trail has: a listener that connects after a restart gets a reset
   * again, however many lines the new trail has.
   */
  private void resetIfReplaced() {
    boolean now = continuity.isReplaced();
    if (now != replaced) {
      replaced = now;
      for (Subscriber listener : all()) {
        listener.sink.send(EventFrames.reset(now ? NOWHERE : listener.position));
      }
    }
  }

  /**
   * Reads a batch from the position that is furthest behind: nearly always all have the same, and a
   * listener that reconnects catches up with the query that is made anyway.
   *
   * @return whether there may be more
   */
  private boolean readOn(List<Subscriber> all) {
    if (all.isEmpty()) {
      return false;
    }
    long from = all.stream().mapToLong(listener -> listener.position).min().orElseThrow();
    List<AuditEntry> lines = store.auditAfter(from, BATCH);
    for (AuditEntry line : lines) {
      Optional<String> frame = frames.of(line);
      for (Subscriber listener : all) {
        if (line.id() > listener.position) {
          listener.position = line.id();
          frame.ifPresent(listener.sink::send);
        }
      }
    }
    return lines.size() == BATCH;
  }

  /**
   * Ends the streams that are too old or whose login is no longer valid. Sends the others a
   * comment, which detects dead connections, and their position, from which they continue after a
   * disconnection without reading lines that are no events again.
   */
  void beat() {
    turn.lock();
    try {
      long now = ticker.read();
      for (Subscriber listener : all()) {
        if (now - listener.since < MAX_LIFE.toNanos() && isValid(listener.login)) {
          long position = replaced ? NOWHERE : listener.position;
          listener.sink.send(":\nid: " + position + "\n\n");
        } else {
          listener.sink.end();
        }
      }
    } finally {
      turn.unlock();
    }
  }

  private static boolean isValid(BooleanSupplier login) {
    try {
      return login.getAsBoolean();
    } catch (StorageUnavailableException e) {
      // While the database does not answer, there are no events to protect.
      return true;
    }
  }

  /** Ends all streams, because the server is stopping. */
  @PreDestroy
  void stop() {
    synchronized (this) {
      stopped = true;
      cancelRounds();
    }
    all().forEach(listener -> listener.sink.end());
  }

  private synchronized List<Subscriber> all() {
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
