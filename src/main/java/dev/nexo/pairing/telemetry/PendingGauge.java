package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingNotice;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.Component;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * How many requests wait, by channel; read from the store whenever somebody looks, so that it is
 * right after a restart and on every node.
 */
@Component
class PendingGauge {

  private final MetricRegistry metrics;
  private final PairingAdapterRegistry adapters;
  private final PairingStore store;
  private final Channels channels;

  @Inject
  PendingGauge(
      MetricRegistry metrics,
      PairingAdapterRegistry adapters,
      PairingStore store,
      Channels channels) {
    this.metrics = metrics;
    this.adapters = adapters;
    this.store = store;
    this.channels = channels;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    adapters.channels().forEach(this::register);
    try {
      store.pendingByChannel().keySet().forEach(this::register);
    } catch (StorageUnavailableException e) {
      // Channels without an adapter show up with their next stranger.
    }
  }

  void register(@Observes PairingNotice notice) {
    if (notice instanceof PairingNotice.Challenged challenged) {
      register(challenged.request().sender().channel());
    }
  }

  private void register(String channel) {
    if (channels.label(channel).equals(channel)) {
      metrics.gauge(
          Metadata.builder()
              .withName("pairing_requests_pending")
              .withDescription("Pending requests.")
              .build(),
          this,
          gauge -> gauge.pending(channel),
          new Tag("channel", channel));
    }
  }

  private double pending(String channel) {
    try {
      return store.pendingByChannel().getOrDefault(channel, 0L);
    } catch (StorageUnavailableException e) {
      return Double.NaN;
    }
  }
}
