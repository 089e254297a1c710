package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.Together;
import dev.nexo.pairing.testkit.MovableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Refusal reporter")
class RefusalReporterTest extends SessionContract {

  private final HandDriven background = new HandDriven();
  private RefusalReporter refusals;
  private LogCapture log;

  /** Runs what is scheduled when the test says so. */
  private static final class HandDriven extends ScheduledThreadPoolExecutor {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean stopped;

    HandDriven() {
      super(1);
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      if (stopped) {
        throw new RejectedExecutionException();
      }
      tasks.add(task);
      return null;
    }

    synchronized int scheduled() {
      return tasks.size();
    }

    private synchronized Runnable next() {
      return tasks.poll();
    }

    void runAll() {
      for (Runnable task = next(); task != null; task = next()) {
        task.run();
      }
    }
  }

  @BeforeEach
  void make() {
    refusals = new RefusalReporter(world.database(), clock, background);
    log = LogCapture.of("dev.nexo.pairing.session");
  }

  @AfterEach
  void stop() {
    log.close();
    background.shutdownNow();
  }

  private void refuse(RedemptionResult why) {
    refusals.report(why, null, null);
  }

  private void replay(String sessionId) {
    refusals.report(RedemptionResult.SPENT, sessionId, "Kitchen");
  }

  private List<String> details() {
    return world.audit().stream()
        .filter(line -> line.action().equals("token_replayed"))
        .map(AuditEntry::detail)
        .toList();
  }

  @Test
  @DisplayName("A flood of refusals hides no replay")
  void flood() {
    for (int i = 0; i < 1_000; i++) {
      refuse(RedemptionResult.MALFORMED);
    }
    replay("s1");
    for (int i = 0; i < 1_000; i++) {
      refuse(RedemptionResult.INVALID_SIGNATURE);
    }
    background.runAll();
    assertThat(details()).containsExactly("s1 Kitchen");
    assertThat(log.lines("spent. It was already redeemed for s1 Kitchen. ")).isEqualTo(1);
    assertThat(log.lines("malformed (1000 times)")).isEqualTo(1);
    assertThat(log.lines("invalid_signature (1000 times)")).isEqualTo(1);
    assertThat(log.lines("A bootstrap token was refused")).isEqualTo(3);
  }

  @Test
  @DisplayName("Refusals of one session are one line with count and first time")
  void coalesced() {
    replay("s1");
    clock.move(Duration.ofSeconds(1));
    replay("s2");
    replay("s1");
    replay("s1");
    background.runAll();
    assertThat(details()).containsExactlyInAnyOrder("s1 Kitchen (3 times)", "s2 Kitchen");
    assertThat(
            log.lines(
                "WARNING: NXP-0070 A bootstrap token was refused: spent (3 times). It was already"))
        .isEqualTo(1);
    assertThat(world.audit().stream().map(AuditEntry::at))
        .containsExactly(MovableClock.START.plusSeconds(1), MovableClock.START);
    replay("s1");
    background.runAll();
    assertThat(details()).hasSize(3).contains("s1 Kitchen");
  }

  @Test
  @DisplayName("Sessions over the limit are counted; other reasons are still logged")
  void manySessions() {
    // Every other reason has its line already, and uses none of their slots.
    for (RedemptionResult why : RedemptionResult.values()) {
      refuse(why);
    }
    for (int i = 0; i < RefusalReporter.MAX_SESSIONS + 5; i++) {
      replay("s" + i);
    }
    replay("s0");
    background.runAll();
    assertThat(details())
        .hasSize(RefusalReporter.MAX_SESSIONS + 1)
        .contains("s0 Kitchen (2 times)", "s" + (RefusalReporter.MAX_SESSIONS - 1) + " Kitchen")
        .contains("further sessions (6 times)");
    assertThat(log.lines("bad_proof")).isEqualTo(1);
  }

  @Test
  @DisplayName("One report is scheduled at a time")
  void oneAtATime() {
    replay("s1");
    replay("s2");
    refuse(RedemptionResult.MALFORMED);
    assertThat(background.scheduled()).isEqualTo(1);
    background.runAll();
    replay("s3");
    assertThat(background.scheduled()).isEqualTo(1);
    background.runAll();
    assertThat(details()).containsExactly("s3 Kitchen", "s2 Kitchen", "s1 Kitchen");
  }

  @Test
  @DisplayName("Refusals that arrive during a report are not lost")
  void together() throws Exception {
    Together.run(
        8,
        i -> {
          for (int n = 0; n < 200; n++) {
            if (i == 0) {
              background.runAll();
            } else {
              replay("s1");
            }
          }
          return null;
        });
    background.runAll();
    assertThat(details().stream().flatMapToLong(RefusalReporterTest::times).sum())
        .isEqualTo(7 * 200);
  }

  private static LongStream times(String detail) {
    String number = detail.replaceAll("s1 Kitchen( \\((\\d+) times\\))?", "$2");
    return LongStream.of(number.isEmpty() ? 1 : Long.parseLong(number));
  }

  @Test
  @DisplayName("A stopping server still logs its refusals")
  void stopped() {
    background.stopped = true;
    replay("s1");
    refuse(RedemptionResult.MALFORMED);
    assertThat(log.text()).contains("s1 Kitchen", "malformed");
    assertThat(details()).isEmpty();
  }

  @Test
  @DisplayName("Nothing is logged before the answer is sent")
  void later() {
    refuse(RedemptionResult.EXPIRED);
    replay("s1");
    assertThat(log.text()).isEmpty();
    assertThat(details()).isEmpty();
  }
}
