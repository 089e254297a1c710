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
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Exposes the readiness of each part and the state of the outbox as gauges. The values are checked
 * every {@value #EVERY_SECONDS} s, so that a scrape never queries the database. After a minute
 * without a check, every part is reported as not ready.
 */
@Component
class ReadinessGauges {

  static final int EVERY_SECONDS = 10;

  private static final Duration GOOD_FOR = Duration.ofMinutes(1);

  /** The results of one check; {@code waiting} is null if the database failed. */
  private record Check(long at, Map<String, Boolean> ready, OutboxStatus.Waiting waiting) {}

  private final MetricRegistry metrics;
  private final Instance<ReadinessCheck> parts;
  private final OutboxStatus backlog;
  private final Clock clock;
  private final Ticker ticker;
  private final ScheduledExecutorService background;

  /** Null before the first check. */
  private volatile Check last;

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
    Map<String, Boolean> ready = new HashMap<>();
    for (ReadinessCheck part : parts) {
      ready.put(part.name(), isUp(part));
    }
    last = new Check(ticker.read(), ready, backlog());
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

  private boolean isRecent(Check check) {
    return check != null && ticker.read() - check.at() < GOOD_FOR.toNanos();
  }

  private double ready(String part) {
    Check check = last;
    return isRecent(check) && check.ready().getOrDefault(part, false) ? 1 : 0;
  }

  private double waiting() {
    Check check = last;
    return isRecent(check) && check.waiting() != null ? check.waiting().count() : Double.NaN;
  }

  private double oldest() {
    Check check = last;
    if (!isRecent(check) || check.waiting() == null) {
      return Double.NaN;
    }
    return check
        .waiting()
        .since()
        .map(since -> Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0))
        .orElse(0.0);
  }
}
