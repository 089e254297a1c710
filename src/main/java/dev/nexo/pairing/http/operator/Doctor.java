package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.LogMessage;
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
 * Has all parts of the module look at themselves, side by side and for a bounded time. A part that
 * fails or hangs is a finding and keeps nobody from the others'. Thread-safe.
 */
@Component
class Doctor {

  private static final Logger LOG = System.getLogger(Doctor.class.getName());

  /** With what the answer itself takes, within 5 s. */
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

  /** What all of them find, by the parts' names; takes {@link #PATIENCE} at most. */
  List<Finding> examine() {
    return examine(PATIENCE);
  }

  List<Finding> examine(Duration patience) {
    List<Finding> findings = new ArrayList<>();
    try {
      List<Future<List<Finding>>> asked =
          background.invokeAll(
              parts.stream().<Callable<List<Finding>>>map(part -> part::examine).toList(),
              patience.toMillis(),
              TimeUnit.MILLISECONDS);
      for (int i = 0; i < asked.size(); i++) {
        findings.addAll(answer(parts.get(i), asked.get(i)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      findings.add(Finding.fault("doctor", "The server stops.", "Ask again when it runs."));
    }
    return findings;
  }

  private static List<Finding> answer(DoctorCheck part, Future<List<Finding>> asked)
      throws InterruptedException {
    try {
      return asked.get();
    } catch (CancellationException e) {
      return failed(part, "no answer in time");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StorageUnavailableException) {
        return failed(part, "the database does not answer");
      }
      LogMessage.CHECK_FAILED.log(LOG, e.getCause(), part.name());
      return failed(part, e.getCause().getClass().getSimpleName());
    }
  }

  private static List<Finding> failed(DoctorCheck part, String why) {
    return List.of(
        Finding.fault(
            part.name(),
            "This could not be examined (" + why + ").",
            "Ask again; where that does not help, the server's log says more."));
  }
}
