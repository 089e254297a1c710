package dev.nexo.pairing.telemetry;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.OutboxStatus;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Exposes the readiness of each part and the state of the outbox as gauges. The values are checked
 * every {@value #EVERY_SECONDS} s, so that a scrape never queries the database. A part whose check
 * has been running for {@value #OVERDUE_SECONDS} s is reported as not ready, and after a minute
 * without a check every part is.
 */
@Component
class ReadinessGauges {

  static final int EVERY_SECONDS = 5;

  static final int OVERDUE_SECONDS = 1;

  private static final Duration GOOD_FOR = Duration.ofMinutes(1);

  /** The part that is being checked. */
  private record Running(String part, long since) {}

  /** The result of the last check of a part. */
  private record Result(long at, boolean up) {}

  /** The state of the outbox; {@code waiting} is null if the database failed. */
  private record Backlog(long at, OutboxStatus.Waiting waiting) {}

  private final MetricRegistry metrics;
  private final Instance<ReadinessCheck> parts;
  private final OutboxStatus backlog;
  private final Clock clock;
  private final Ticker ticker;
  private final ScheduledExecutorService background;
  private final Map<String, Result> results = new ConcurrentHashMap<>();

  /** Null before the first check. */
  private volatile Backlog last;

  /** Null while no part is being checked. */
  private volatile Running running;

  private volatile ScheduledFuture<?> schedule;

  @Inject
  ReadinessGauges(
      MetricRegistry metrics,
      @Any Instance<ReadinessCheck> parts,
      OutboxStatus backlog,
      Clock clock,
      Ticker ticker,
      ScheduledExecutorService background) {
    this.metrics = metrics;
    this.parts = parts;
    this.backlog = backlog;
    this.clock = clock;
    this.ticker = ticker;
    this.background = background;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    for (ReadinessCheck part : parts) {
      String name = part.name();
      Metrics.gauge(
          metrics,
          "pairing_ready",
          "1 if the part is ready. Always 1 for the broker, because challenges wait in the outbox.",
          this,
          gauge -> gauge.ready(name),
          new Tag("part", name));
    }
    Metrics.gauge(
        metrics,
        "pairing_broker_connected",
        "1 if the broker is connected.",
        this,
        gauge -> gauge.backlog.brokerConnected() ? 1 : 0);
    Metrics.gauge(
        metrics,
        "pairing_outbox_waiting",
        "Messages to senders that wait in the outbox.",
        this,
        ReadinessGauges::waiting);
    Metrics.gauge(
        metrics,
        "pairing_outbox_oldest_seconds",
        "Age of the oldest message in the outbox in seconds; 0 if the outbox is empty.",
        this,
        ReadinessGauges::oldest);
    schedule = background.scheduleWithFixedDelay(this::check, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
  }

  void check() {
    for (ReadinessCheck part : parts) {
      running = new Running(part.name(), ticker.read());
      boolean up = isUp(part);
      results.put(part.name(), new Result(ticker.read(), up));
      running = null;
    }
    OutboxStatus.Waiting waiting = backlog();
    last = new Backlog(ticker.read(), waiting);
  }

  /** Whether a part is up. Catches exceptions, because a schedule that throws never runs again. */
  private static boolean isUp(ReadinessCheck part) {
    try {
      return part.check().up();
    } catch (RuntimeException e) {
      return false;
    }
  }

  private OutboxStatus.Waiting backlog() {
    try {
      return backlog.waiting();
    } catch (StorageUnavailableException e) {
      return null;
    }
  }

  private boolean isRecent(long at) {
    return ticker.read() - at < GOOD_FOR.toNanos();
  }

  private boolean isOverdue(String part) {
    Running now = running;
    return now != null
        && now.part().equals(part)
        && ticker.read() - now.since() > TimeUnit.SECONDS.toNanos(OVERDUE_SECONDS);
  }

  private double ready(String part) {
    Result result = results.get(part);
    return !isOverdue(part) && result != null && result.up() && isRecent(result.at()) ? 1 : 0;
  }

  private Optional<OutboxStatus.Waiting> recent() {
    return Optional.ofNullable(last)
        .filter(backlog -> isRecent(backlog.at()))
        .map(Backlog::waiting);
  }

  private double waiting() {
    return recent().map(waiting -> (double) waiting.count()).orElse(Double.NaN);
  }

  private double oldest() {
    return recent().map(this::age).orElse(Double.NaN);
  }

  private double age(OutboxStatus.Waiting waiting) {
    return waiting
        .since()
        .map(since -> Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0))
        .orElse(0.0);
  }
}
