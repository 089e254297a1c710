package dev.nexo.pairing.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.internal.ReadinessCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Health checks")
class HealthChecksTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void end() {
    end.countDown();
    threads.shutdownNow();
  }

  private record Part(String name, Supplier<State> run) implements ReadinessCheck {
    @Override
    public State check() {
      return run.get();
    }
  }

  /** The first report waits for the check, and the next one knows that it is late. */
  private static final List<Duration> LIMITS =
      List.of(Duration.ofSeconds(4), Duration.ofMillis(500));

  private static final ReadinessCheck GOOD =
      new Part("good", () -> new ReadinessCheck.State(true, Map.of("good", "fine")));

  private HealthChecks checks(ReadinessCheck... parts) {
    return new HealthChecks(List.of(parts), threads, Ticker.systemTicker());
  }

  private ReadinessCheck.State hang() {
    runs.incrementAndGet();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new ReadinessCheck.State(true, Map.of());
  }

  @Test
  @DisplayName("A part that hangs is down after 3 s, and runs once for all reports")
  void hangs() {
    HealthChecks checks = checks(GOOD, new Part("one", this::hang), new Part("two", this::hang));
    for (int i = 0; i < LIMITS.size(); i++) {
      long start = System.nanoTime();
      List<ReadinessCheck.State> states = checks.states();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMITS.get(i));
      assertThat(states)
          .containsExactly(
              new ReadinessCheck.State(true, Map.of("good", "fine")),
              new ReadinessCheck.State(false, Map.of("one", "no answer within 3 s")),
              new ReadinessCheck.State(false, Map.of("two", "no answer within 3 s")));
    }
    assertThat(runs).as("runs of both parts").hasValue(2);
  }

  @Test
  @DisplayName("A part that throws is down, and is checked again by the next report")
  void fails() {
    AtomicInteger calls = new AtomicInteger();
    HealthChecks checks =
        checks(
            GOOD,
            new Part(
                "once",
                () -> {
                  if (calls.getAndIncrement() == 0) {
                    throw new IllegalStateException("secret");
                  }
                  return new ReadinessCheck.State(true, Map.of());
                }));
    assertThat(checks.states())
        .contains(new ReadinessCheck.State(false, Map.of("once", "the check failed")));
    assertThat(checks.states()).allMatch(ReadinessCheck.State::up);
  }
}
