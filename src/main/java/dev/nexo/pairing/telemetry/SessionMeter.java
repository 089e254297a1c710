package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Counts attempts to redeem bootstrap tokens, and reads how many sessions are live from the store
 * whenever somebody looks.
 */
@Component
class SessionMeter {

  private final MetricRegistry metrics;
  private final PairingSessionStore sessions;

  @Inject
  SessionMeter(MetricRegistry metrics, PairingSessionStore sessions) {
    this.metrics = metrics;
    this.sessions = sessions;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    for (RedemptionResult result : RedemptionResult.values()) {
      redemptions(result);
    }
    metrics.gauge(
        Metadata.builder()
            .withName("pairing_sessions_live")
            .withDescription("Companions that are signed in.")
            .build(),
        this,
        SessionMeter::live);
  }

  void count(@Observes PairingEvent.RedemptionTried tried) {
    redemptions(tried.result()).inc();
  }

  private Counter redemptions(RedemptionResult result) {
    return metrics.counter(
        Metadata.builder()
            .withName("pairing_redemptions_total")
            .withDescription("Attempts to redeem a bootstrap token, by what came of them.")
            .build(),
        new Tag("result", result.wireName()));
  }

  private double live() {
    try {
      return sessions.live();
    } catch (StorageUnavailableException e) {
      return Double.NaN;
    }
  }
}
