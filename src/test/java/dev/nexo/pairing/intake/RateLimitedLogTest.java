package dev.nexo.pairing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Rate-limited log")
class RateLimitedLogTest {

  private static final String NAME = "dev.nexo.pairing.intake";

  /** Keeps the tasks of a timer, which the test runs. */
  private static final class Timer extends ScheduledThreadPoolExecutor {
    private final List<Runnable> tasks = new ArrayList<>();
    private long delay;

    Timer() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long amount, TimeUnit unit) {
      tasks.add(task);
      delay = unit.toSeconds(amount);
      return null;
    }

    private void minuteEnds() {
      tasks.remove(0).run();
    }
  }

  @Test
  @DisplayName("A summary is logged when the minute ends, without another event")
  void timer() {
    Timer timer = new Timer();
    RateLimitedLog log =
        new RateLimitedLog(System.getLogger(NAME), timer, LogMessage.FILTER_MALFORMED);
    try (LogCapture lines = LogCapture.of(NAME)) {
      log.happened();
      log.happened();
      log.happened();
      assertThat(lines.text()).contains("Dropped 1 malformed").doesNotContain("Dropped 2");
      assertThat(timer.delay).isEqualTo(60);
      timer.minuteEnds();
      assertThat(lines.text()).contains("Dropped 2 malformed");
      timer.minuteEnds();
      assertThat(lines.lines("malformed")).isEqualTo(2);
      assertThat(timer.tasks).as("no timer without events").isEmpty();
      log.happened();
      assertThat(lines.lines("malformed")).as("at once again").isEqualTo(3);
    } finally {
      timer.shutdownNow();
    }
  }

  @Test
  @DisplayName("A stopped timer does not silence the log")
  void stopped() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    timer.shutdownNow();
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    RateLimitedLog log =
        new RateLimitedLog(System.getLogger(NAME), timer, LogMessage.FILTER_MALFORMED);
    try (LogCapture lines = LogCapture.of(NAME)) {
      log.happened();
      log.happened();
      assertThat(lines.lines("malformed")).isEqualTo(2);
    }
  }
}
