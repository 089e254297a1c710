package dev.nexo.pairing.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.Finding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Doctor")
class DoctorTest {

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private static DoctorCheck part(String name, Callable<List<Finding>> examination) {
    return new DoctorCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<Finding> examine() {
        try {
          return examination.call();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return List.of();
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  @Test
  @DisplayName("A part that fails or hangs is a fault; the others still report")
  void failingPart() {
    CountDownLatch never = new CountDownLatch(1);
    Doctor doctor =
        new Doctor(
            List.of(
                part("well", () -> List.of(Finding.ok("a", "Fine."), Finding.ok("b", "Too."))),
                part(
                    "hangs",
                    () -> {
                      never.await();
                      return List.of();
                    }),
                part(
                    "fails",
                    () -> {
                      throw new IllegalStateException("a secret of the server's");
                    }),
                part(
                    "needs",
                    () -> {
                      throw new StorageUnavailableException("jdbc:secret is away", null);
                    })),
            threads);
    List<Finding> findings = doctor.examine(Duration.ofSeconds(2));
    assertThat(findings)
        .extracting(finding -> finding.check() + " " + finding.level().wireName())
        .containsExactly("fails fault", "hangs fault", "needs fault", "a ok", "b ok");
    assertThat(findings.get(0).text()).contains("IllegalStateException").doesNotContain("secret");
    assertThat(findings.get(1).text()).contains("did not end in time");
    assertThat(findings.get(2).text())
        .contains("the database does not respond")
        .doesNotContain("secret");
  }

  @Test
  @DisplayName("The time limit is below five seconds")
  void timeLimit() {
    assertThat(Doctor.PATIENCE).isLessThan(Duration.ofSeconds(5));
  }
}
