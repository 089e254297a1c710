package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.internal.FailedAttempt;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.internal.RequestListener;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Counts HTTP requests to {@code /api} by status, rejected requests by reason, and wrong secrets by
 * kind. It replaces the server's own statistics, which keep a histogram of 400 KB for each
 * requested URL.
 */
@Component
class RequestMeter implements RequestListener {

  private final MetricRegistry metrics;

  /** The counters by HTTP status; the server uses about 20 statuses. */
  private final Map<Integer, Counter> answers = new ConcurrentHashMap<>();

  @Inject
  RequestMeter(MetricRegistry metrics) {
    this.metrics = metrics;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    for (Reason reason : Reason.values()) {
      refusals(reason);
    }
    for (LoginKey.Kind kind : LoginKey.Kind.values()) {
      failures(kind);
    }
  }

  void failed(@Observes FailedAttempt attempt) {
    failures(attempt.login().kind()).inc();
  }

  private Counter failures(LoginKey.Kind kind) {
    return Metrics.counter(
        metrics,
        "pairing_failed_attempts_total",
        "Wrong passwords and tokens, and connections without one, by kind.",
        new Tag("kind", kind.wireName()));
  }

  @Override
  public void refused(Reason reason) {
    refusals(reason).inc();
  }

  @Override
  public void answered(int status) {
    answers.computeIfAbsent(status, this::answers).inc();
  }

  private Counter answers(int status) {
    return Metrics.counter(
        metrics,
        "pairing_http_requests_total",
        "Requests to /api, by HTTP status.",
        new Tag("status", Integer.toString(status)));
  }

  private Counter refusals(Reason reason) {
    return Metrics.counter(
        metrics,
        "pairing_http_refused_total",
        "Requests rejected before they reach a resource, by reason.",
        new Tag("reason", reason.wireName()));
  }
}
