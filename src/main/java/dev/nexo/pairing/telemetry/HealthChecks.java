package dev.nexo.pairing.telemetry;

import com.github.benmanes.caffeine.cache.Ticker;
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

  /**
   * How long a check of a part may run until the part is reported as down. A probe of an
   * orchestrator waits for 5 s or less, and the server may need some of them to start the report.
   */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** One check of a part, for all reports that ask while it runs. */
  private record Running(long startedAt, CompletableFuture<State> state) {}

  private final List<ReadinessCheck> parts;
  private final Executor threads;
  private final Ticker ticker;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final AtomicBoolean started = new AtomicBoolean();

  @Inject
  HealthChecks(@Any Instance<ReadinessCheck> parts, WorkerThreads threads, Ticker ticker) {
    this(parts.stream().toList(), threads, ticker);
  }

  HealthChecks(List<ReadinessCheck> parts, Executor threads, Ticker ticker) {
    this.parts = parts;
    this.threads = threads;
    this.ticker = ticker;
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
   * Returns the state of a part, which is down if its check has not ended in time. Only one check
   * of a part runs at a time: concurrent reports share it, and none waits for one that is late.
   */
  private CompletableFuture<State> ask(ReadinessCheck part) {
    String name = part.name();
    Running check =
        running.compute(
            name,
            (key, last) ->
                last == null || last.state().isDone()
                    ? new Running(
                        ticker.read(), CompletableFuture.supplyAsync(part::check, threads))
                    : last);
    long left = PATIENCE.toNanos() - (ticker.read() - check.startedAt());
    return check
        .state()
        .copy()
        .completeOnTimeout(
            down(name, "no answer within " + PATIENCE.toSeconds() + " s"),
            Math.max(0, left),
            TimeUnit.NANOSECONDS)
        .exceptionally(failure -> down(name, "the check failed"));
  }

  private static State down(String part, String reason) {
    return new State(false, Map.of(part, reason));
  }
}
