package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.internal.BusLossListener;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts the messages from the bus that this server discarded. */
@Component
class BusMeter implements BusLossListener {

  private final MetricRegistry metrics;

  @Inject
  BusMeter(MetricRegistry metrics) {
    this.metrics = metrics;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    for (Receiver receiver : Receiver.values()) {
      lost(receiver);
    }
  }

  @Override
  public void lost(Receiver receiver, long count) {
    lost(receiver).inc(count);
  }

  private Counter lost(Receiver receiver) {
    return Metrics.counter(
        metrics,
        "pairing_bus_lost_total",
        "Messages from the bus that were discarded.",
        new Tag("receiver", receiver.wireName()));
  }
}
