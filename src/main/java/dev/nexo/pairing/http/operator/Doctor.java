package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs the checks of all parts of the module in parallel, with a time limit. A check that fails or
 * hangs is reported as a fault and does not affect the others. Thread-safe.
 */
@Component
class Doctor {

  private static final Logger LOG = System.getLogger(Doctor.class.getName());

  /** The time limit of all checks; the HTTP response arrives within 5 s. */
  static final Duration PATIENCE = Duration.ofMillis(4_500);

  private final List<DoctorCheck> parts;
  private final ScheduledExecutorService background;

  @Inject
  Doctor(@Any Instance<DoctorCheck> parts, ScheduledExecutorService background) {
    this(parts.stream().toList(), background);
  }

  Doctor(List<DoctorCheck> parts, ScheduledExecutorService background) {
    this.parts = parts.stream().sorted(Comparator.comparing(DoctorCheck::name)).toList();
    this.background = background;
  }

  /** Returns the findings of all checks, sorted by name; takes at most {@link #PATIENCE}. */
  List<Finding> examine() {
    return examine(PATIENCE);
  }

  List<Finding> examine(Duration patience) {
    List<Finding> findings = new ArrayList<>();
    try {
      List<Future<List<Finding>>> asked =
          background.invokeAll(
              parts.stream().<Callable<List<Finding>>>map(part -> part::examine).toList(),
              Math.min(patience.toNanos(), StorageBudget.leftNanos()),
              TimeUnit.NANOSECONDS);
      for (int i = 0; i < asked.size(); i++) {
        findings.addAll(answer(parts.get(i), asked.get(i)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      findings.add(DoctorMessage.SERVER_STOPPING.finding("doctor"));
    }
    return findings;
  }

  private static List<Finding> answer(DoctorCheck part, Future<List<Finding>> asked)
      throws InterruptedException {
    try {
      return asked.get();
    } catch (CancellationException e) {
      return List.of(DoctorMessage.CHECK_TIMED_OUT.finding(part.name()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StorageUnavailableException) {
        return List.of(DoctorMessage.CHECK_NEEDS_DATABASE.finding(part.name()));
      }
      LogMessage.CHECK_FAILED.log(LOG, e.getCause(), part.name());
      return List.of(
          DoctorMessage.CHECK_FAILED.finding(part.name(), e.getCause().getClass().getSimpleName()));
    }
  }
}
