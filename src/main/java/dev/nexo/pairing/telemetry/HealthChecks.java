package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Startup;

/** The health checks. Live: the module runs. Started and ready: all of its parts are ready. */
@Component
class HealthChecks {

  private final Instance<ReadinessCheck> parts;
  private final AtomicBoolean started = new AtomicBoolean();

  @Inject
  HealthChecks(@Any Instance<ReadinessCheck> parts) {
    this.parts = parts;
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
    for (ReadinessCheck part : parts) {
      ReadinessCheck.State state = part.check();
      up &= state.up();
      state.details().forEach(report::withData);
    }
    return report.status(up).build();
  }
}
