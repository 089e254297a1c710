package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Exposes the number of pending requests for each channel. It is read from the store at every
 * scrape, so that it is correct after a restart and on every server.
 */
@Component
class PendingGauge {

  private static final int EVERY_SECONDS = 10;

  private final MetricRegistry metrics;
  private final PairingAdapterRegistry adapters;
  private final PairingStore store;
  private final ChannelLabels channels;
  private final ScheduledExecutorService background;
  private volatile ScheduledFuture<?> schedule;

  @Inject
  PendingGauge(
      MetricRegistry metrics,
      PairingAdapterRegistry adapters,
      PairingStore store,
      ChannelLabels channels,
      ScheduledExecutorService background) {
    this.metrics = metrics;
    this.adapters = adapters;
    this.store = store;
    this.channels = channels;
    this.background = background;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
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
          gauge -> gauge.pending(channel),
          new Tag("channel", channel));
    }
  }

  private double pending(String channel) {
    return Metrics.orNaN(() -> store.pendingByChannel().getOrDefault(channel, 0L));
  }
}
