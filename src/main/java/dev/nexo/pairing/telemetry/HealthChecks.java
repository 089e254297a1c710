package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.internal.ReadinessCheck.State;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.WorkerThreads;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Startup;

/** The health checks. Live: the module runs. Started and ready: all of its parts are ready. */
@Component
class HealthChecks {

  /** How long a report waits for all parts; a probe of an orchestrator waits for 5 s or less. */
  static final Duration PATIENCE = Duration.ofSeconds(4);

  private final List<ReadinessCheck> parts;
  private final Executor threads;
  private final Map<String, CompletableFuture<State>> running = new ConcurrentHashMap<>();
  private final AtomicBoolean started = new AtomicBoolean();

  @Inject
  HealthChecks(@Any Instance<ReadinessCheck> parts, WorkerThreads threads) {
    this(parts.stream().toList(), threads);
  }

  HealthChecks(List<ReadinessCheck> parts, Executor threads) {
    this.parts = parts;
    this.threads = threads;
  }

  @Produces
  @Liveness
  HealthCheck live() {
    return () -> HealthCheckResponse.up("pairing");
  }

  @Produces
  @Startup
  HealthCheck started() {
    return () -> {
      // A started server stays started; a later failure of the database affects readiness only.
      if (!started.get()) {
        HealthCheckResponse now = check();
        started.set(now.getStatus() == HealthCheckResponse.Status.UP);
        return now;
      }
      return HealthCheckResponse.up("pairing");
    };
  }

  @Produces
  @org.eclipse.microprofile.health.Readiness
  HealthCheck ready() {
    return this::check;
  }

  private HealthCheckResponse check() {
    HealthCheckResponseBuilder report = HealthCheckResponse.named("pairing");
    boolean up = true;
    for (State state : states()) {
      up &= state.up();
      state.details().forEach(report::withData);
    }
    return report.status(up).build();
  }

  /** Returns the state of each part; takes at most {@link #PATIENCE}. */
  List<State> states() {
    List<CompletableFuture<State>> asked = parts.stream().map(this::ask).toList();
    return asked.stream().map(CompletableFuture::join).toList();
  }

  /**
   * Returns the state of a part, which is down if it does not answer in time. Only one check of a
   * part runs at a time: concurrent reports share it.
   */
  private CompletableFuture<State> ask(ReadinessCheck part) {
    String name = part.name();
    return running
        .compute(
            name,
            (key, last) ->
                last == null || last.isDone()
                    ? CompletableFuture.supplyAsync(part::check, threads)
                    : last)
        .copy()
        .completeOnTimeout(
            down(name, "no answer within " + PATIENCE.toSeconds() + " s"),
            PATIENCE.toMillis(),
            TimeUnit.MILLISECONDS)
        .exceptionally(failure -> down(name, "the check failed"));
  }

  private static State down(String part, String reason) {
    return new State(false, Map.of(part, reason));
  }
}
