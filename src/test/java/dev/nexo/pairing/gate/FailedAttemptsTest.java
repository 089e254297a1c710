package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.internal.FailedAttempt;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.internal.LoginKey.Kind;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.MovableTicker;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Failed attempts")
class FailedAttemptsTest {

  private static final String TYPED = "hunter2-in-the-wrong-field";

  private final MovableTicker ticker = new MovableTicker();
  private final ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1);
  private final Queue<FailedAttempt> counted = new ConcurrentLinkedQueue<>();
  private final FailedAttempts failures = new FailedAttempts(ticker, background, counted::add);
  private final FailureLimiter limiter = new FailureLimiter(ticker, failures);
  private final FailedAttemptsCheck check = new FailedAttemptsCheck(failures, limiter);

  @AfterEach
  void stop() {
    background.shutdownNow();
  }

  private static LoginKey telegram() {
    return new LoginKey("192.0.2.1", Kind.PASSWORD, "telegram", true);
  }

  @Test
  @DisplayName("Failures that arrive together are one line, the next comes a minute later")
  void oneLine() {
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.gate")) {
      for (int i = 0; i < 5; i++) {
        limiter.failed(telegram());
        limiter.failed(new LoginKey("192.0.2.2", Kind.PASSWORD, TYPED + i, false));
        limiter.failed(LoginKey.token("192.0.2.3", TYPED + i));
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> log.lines("NXP-0090") == 1);
      assertThat(log.text())
          .contains("the login 'telegram' from 192.0.2.1 (5)")
          .contains("names without an account from 192.0.2.2 (5)")
          .contains("invalid companion tokens from 192.0.2.3 (5)")
          .doesNotContain(TYPED);
      limiter.failed(telegram());
      assertThat(background.getQueue()).hasSize(1);
      assertThat(log.lines("NXP-0090")).as("not before a minute has passed").isEqualTo(1);
    }
    assertThat(counted).hasSize(16).allMatch(failed -> !failed.toString().contains(TYPED));
  }

  @Test
  @DisplayName("Doctor names who fails and who is locked, with the remedy, for an hour")
  void doctor() {
    assertThat(check.examine()).extracting(Finding::level).containsExactly(Finding.Level.OK);
    limiter.failed(new LoginKey("192.0.2.2", Kind.PASSWORD, TYPED, false));
    limiter.failed(LoginKey.connection("192.0.2.4"));
    limiter.failed(new LoginKey("192.0.2.5", Kind.SERVER_ACCOUNT, TYPED, false));
    ticker.move(Duration.ofSeconds(1));
    for (int i = 0; i < 10; i++) {
      limiter.failed(telegram());
      limiter.failed(LoginKey.token("192.0.2.3", TYPED + i));
    }
    ticker.move(Duration.ofSeconds(20));
    List<Finding> findings = check.examine();
    assertThat(findings).hasSize(5).allMatch(finding -> !finding.toString().contains(TYPED));
    assertThat(findings.get(0).id()).isEqualTo("NXP-1102");
    assertThat(findings.get(0).text())
        .contains("the login 'telegram' from 192.0.2.1: 10.", "another 40 s");
    assertThat(findings.get(0).remedy())
        .contains("pairing.channels.telegram (password or password_file)")
        .endsWith("run: nexo-pair unlock 192.0.2.1");
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.id()).isEqualTo("NXP-1101");
              assertThat(finding.remedy()).contains("nexo-pair start");
            });
    ticker.move(Duration.ofMinutes(2));
    assertThat(check.examine()).extracting(Finding::id).containsOnly("NXP-1101");
    ticker.move(Duration.ofHours(1));
    assertThat(check.examine()).extracting(Finding::level).containsExactly(Finding.Level.OK);
  }

  @Test
  @DisplayName("Any number of addresses is kept in bounded memory, and hides no account")
  void bounded() {
    for (int i = 0; i < 10_000; i++) {
      limiter.failed(LoginKey.token("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, "x"));
    }
    limiter.failed(telegram());
    assertThat(failures.recent()).hasSize(FailedAttempts.MAX_SOURCES);
    assertThat(failures.recent().get(0).login()).isEqualTo(telegram());
  }
}
