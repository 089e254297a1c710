package dev.nexo.pairing.telemetry;

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
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Whether each part is fit for use, and what waits in the outbox: found by a look every {@value
 * #EVERY_SECONDS} s, so that scraping, however often, costs the database nothing and never waits
 * for it. A look that is more than a minute old counts as one that found nothing well.
 */
@Component
class ReadinessGauges {

  static final int EVERY_SECONDS = 10;

  private static final Duration GOOD_FOR = Duration.ofMinutes(1);

  /** What was found, and when; of the backlog null where the database did not answer. */
  private record Look(Instant at, Map<String, Boolean> ready, OutboxStatus.Waiting waiting) {}

  private final MetricRegistry metrics;
  private final Instance<ReadinessCheck> parts;
  private final OutboxStatus backlog;
  private final Clock clock;
  private final ScheduledExecutorService background;
  private volatile Look last = new Look(Instant.MIN, Map.of(), null);
  private volatile ScheduledFuture<?> schedule;

  @Inject
  ReadinessGauges(
      MetricRegistry metrics,
      @Any Instance<ReadinessCheck> parts,
      OutboxStatus backlog,
      Clock clock,
      ScheduledExecutorService background) {
    this.metrics = metrics;
    this.parts = parts;
    this.backlog = backlog;
    this.clock = clock;
    this.background = background;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    for (ReadinessCheck part : parts) {
      String name = part.name();
      gauge(
          "pairing_ready",
          "1: the part is fit for use. The broker always is: challenges wait for it.",
          gauge -> gauge.ready(name),
          new Tag("part", name));
    }
    gauge(
        "pairing_broker_connected",
        "1: the broker is reached.",
        gauge -> gauge.backlog.brokerConnected() ? 1 : 0);
    gauge(
        "pairing_outbox_waiting",
        "Messages to senders that have not gone out yet.",
        ReadinessGauges::waiting);
    gauge(
        "pairing_outbox_oldest_seconds",
        "For how long the oldest message in the outbox has waited; 0: none waits.",
        ReadinessGauges::oldest);
    schedule = background.scheduleWithFixedDelay(this::look, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void gauge(
      String name, String description, ToDoubleFunction<ReadinessGauges> value, Tag... tags) {
    metrics.gauge(
        Metadata.builder().withName(name).withDescription(description).build(),
        this,
        value::applyAsDouble,
        tags);
  }

  @PreDestroy
  void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
  }

  void look() {
    Map<String, Boolean> ready = new HashMap<>();
    for (ReadinessCheck part : parts) {
      ready.put(part.name(), isUp(part));
    }
    last = new Look(clock.instant(), ready, lookAtBacklog());
  }

  /** A part of somebody else's may throw: a schedule that throws is never run again. */
  private static boolean isUp(ReadinessCheck part) {
    try {
      return part.check().up();
    } catch (RuntimeException e) {
      return false;
    }
  }

  private OutboxStatus.Waiting lookAtBacklog() {
    try {
      return backlog.waiting();
    } catch (StorageUnavailableException e) {
      return null;
    }
  }

  private boolean isRecent(Look look) {
    return clock.instant().minus(GOOD_FOR).isBefore(look.at());
  }

  private double ready(String part) {
    Look look = last;
    return isRecent(look) && look.ready().getOrDefault(part, false) ? 1 : 0;
  }

  private double waiting() {
    Look look = last;
    return isRecent(look) && look.waiting() != null ? look.waiting().count() : Double.NaN;
  }

  private double oldest() {
    Look look = last;
    if (!isRecent(look) || look.waiting() == null) {
      return Double.NaN;
    }
    return look.waiting()
        .since()
        .map(since -> Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0))
        .orElse(0.0);
  }
}
