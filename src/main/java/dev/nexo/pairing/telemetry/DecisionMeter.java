package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.Decision;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DecisionListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Counts the gate's decisions, and measures the time of decisions not served from the cache. Cached
 * decisions are not timed, because reading the clock twice would make them 50 % slower.
 */
@Component
class DecisionMeter implements DecisionListener {

  private final MetricRegistry metrics;
  private final ChannelLabels channels;
  private final ConcurrentHashMap<String, Meters> byChannel = new ConcurrentHashMap<>();
  private final Timer timer;

  @Inject
  DecisionMeter(MetricRegistry metrics, ChannelLabels channels) {
    this.metrics = metrics;
    this.channels = channels;
    this.timer =
        metrics.timer(
            Metadata.builder()
                .withName("pairing_gate_decision")
                .withDescription("Latency of decisions not served from the cache.")
                .withUnit(MetricUnits.SECONDS)
                .build());
  }

  /** Registers counters at zero: rate() misses the first event of a counter that starts at 1. */
  void start(
      @Observes @Initialized(ApplicationScoped.class) Object event,
      PairingAdapterRegistry adapters) {
    adapters.channels().forEach(this::of);
  }

  /** The counters of one channel, created on first use. */
  private final class Meters {

    private final String label;
    private final Counter admitted;
    private final Counter challenged;
    private final Counter[] dropped = new Counter[DropReason.values().length];

    Meters(String label) {
      this.label = label;
      this.admitted = counter(Decision.Kind.ADMIT, "");
      this.challenged = counter(Decision.Kind.CHALLENGE, "");
      for (DropReason reason : DropReason.values()) {
        dropped[reason.ordinal()] = counter(Decision.Kind.DROP, reason.wireName());
      }
    }

    private Counter counter(Decision.Kind decision, String reason) {
      return Metrics.counter(
          metrics,
          "pairing_gate_decisions_total",
          "Decisions of the gate.",
          new Tag("channel", label),
          new Tag("decision", decision.wireName()),
          new Tag("reason", reason));
    }
  }

  private Meters of(String channel) {
    Meters meters = byChannel.get(channel);
    if (meters == null) {
      String label = channels.label(channel);
      meters = byChannel.computeIfAbsent(label, Meters::new);
    }
    return meters;
  }

  @Override
  public void admittedFromCache(String channel) {
    of(channel).admitted.inc();
  }

  @Override
  public void decided(String channel, Decision decision, long nanos) {
    Meters meters = of(channel);
    if (decision instanceof Decision.Drop drop) {
      meters.dropped[drop.reason().ordinal()].inc();
    } else if (decision instanceof Decision.Challenge) {
      meters.challenged.inc();
    } else {
      meters.admitted.inc();
    }
    timer.update(Duration.ofNanos(nanos));
  }
}
