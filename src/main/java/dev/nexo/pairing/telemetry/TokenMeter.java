package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.TokenIssueListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Counts issued bootstrap tokens by profile. Operators may use any profile name and the registry
 * never removes a label, so the number of labels is bounded.
 */
@Component
class TokenMeter implements TokenIssueListener {

  private static final int MOST_PROFILES = 100;

  private final MetricRegistry metrics;
  private final ConcurrentHashMap<String, Counter> byProfile = new ConcurrentHashMap<>();

  @Inject
  TokenMeter(MetricRegistry metrics) {
    this.metrics = metrics;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    counter(SetupCodeIssuer.DEFAULT_PROFILE);
  }

  @Override
  public void issued(String profile) {
    Counter counter = byProfile.get(profile);
    (counter == null ? counter(profile) : counter).inc();
  }

  private Counter counter(String profile) {
    return byProfile.computeIfAbsent(
        byProfile.size() < MOST_PROFILES ? profile : ChannelLabels.OTHERS,
        label ->
            Metrics.counter(
                metrics,
                "pairing_bootstrap_tokens_issued_total",
                "Issued bootstrap tokens, by profile.",
                new Tag("profile", label)));
  }
}
