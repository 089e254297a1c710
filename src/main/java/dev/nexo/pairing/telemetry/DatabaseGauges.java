package dev.nexo.pairing.telemetry;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Exposes the number of pending requests for each channel and of live sessions. A scrape reads both
 * once in the background, so that they are correct after a restart and on every server. It waits at
 * most 500 ms in total, however many channels there are. If the database does not answer in time,
 * the values are {@code NaN}. Thread-safe.
 */
@Component
class DatabaseGauges {

  private static final int EVERY_SECONDS = 10;

  /** How long one scrape waits for the database. */
  static final Duration PATIENCE = Duration.ofMillis(500);

  /** How long counts are used after they were read, so that one scrape reads them once. */
  static final Duration FRESH = Duration.ofMillis(250);

  private record Counts(Map<String, Long> pending, long sessions) {}

  /** One read of the counts, for all gauges that ask while it runs and shortly after. */
  private static final class Reading {

    private final long startedAt;
    private final CompletableFuture<Counts> counts = new CompletableFuture<>();

    /** Written before the result. */
    private volatile long endedAt;

    Reading(long startedAt) {
      this.startedAt = startedAt;
    }

    boolean isUsable(long now) {
      return !counts.isDone() || now - endedAt < FRESH.toNanos();
    }
  }

  private final MetricRegistry metrics;
  private final PairingAdapterRegistry adapters;
  private final PairingStore store;
  private final PairingSessionStore sessions;
  private final ChannelLabels channels;
  private final Ticker ticker;
  private final ScheduledExecutorService background;
  private Reading latest;
  private volatile ScheduledFuture<?> schedule;

  @Inject
  DatabaseGauges(
      MetricRegistry metrics,
      PairingAdapterRegistry adapters,
      PairingStore store,
      PairingSessionStore sessions,
      ChannelLabels channels,
      Ticker ticker,
      ScheduledExecutorService background) {
    this.metrics = metrics;
    this.adapters = adapters;
    this.store = store;
    this.sessions = sessions;
    this.channels = channels;
    this.ticker = ticker;
    this.background = background;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    Metrics.gauge(
        metrics,
        "pairing_sessions_live",
        "Live companion sessions, in the whole database.",
        this,
        gauges -> gauges.counts().map(Counts::sessions).map(Long::doubleValue).orElse(Double.NaN));
    adapters.channels().forEach(this::register);
    schedule =
        background.scheduleWithFixedDelay(this::registerStored, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
  }

  /** Registers channels without an adapter, whose rows another server may have inserted. */
  private void registerStored() {
    try {
      store.pendingByChannel().keySet().forEach(this::register);
    } catch (StorageUnavailableException e) {
      // The next run registers them.
    }
  }

  void register(@Observes PairingEvent event) {
    if (event instanceof PairingEvent.Challenged challenged) {
      register(challenged.request().sender().channel());
    }
  }

  private void register(String channel) {
    if (channels.label(channel).equals(channel)) {
      Metrics.gauge(
          metrics,
          "pairing_requests_pending",
          "Pending requests, in the whole database.",
          this,
          gauges -> gauges.pending(channel),
          new Tag("channel", channel));
    }
  }

  private double pending(String channel) {
    return counts()
        .map(counts -> counts.pending().getOrDefault(channel, 0L).doubleValue())
        .orElse(Double.NaN);
  }

  /** Returns the counts, or empty if the database fails or does not answer in time. */
  private Optional<Counts> counts() {
    Reading reading = reading();
    long left = PATIENCE.toNanos() - (ticker.read() - reading.startedAt);
    try {
      return Optional.of(reading.counts.get(Math.max(0, left), TimeUnit.NANOSECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Returns the running or latest read; starts one if there is none that is recent enough. */
  private synchronized Reading reading() {
    long now = ticker.read();
    if (latest == null || !latest.isUsable(now)) {
      Reading started = new Reading(now);
      latest = started;
      try {
        background.execute(() -> read(started));
      } catch (RejectedExecutionException e) {
        started.counts.completeExceptionally(e);
      }
    }
    return latest;
  }

  private void read(Reading reading) {
    try {
      Counts counts = new Counts(store.pendingByChannel(), sessions.live());
      reading.endedAt = ticker.read();
      reading.counts.complete(counts);
    } catch (RuntimeException e) {
      reading.endedAt = ticker.read();
      reading.counts.completeExceptionally(e);
    }
  }
}
