package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testing.Together;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Failure limiter")
class FailureLimiterTest {

  private final MovableTicker ticker = new MovableTicker();
  private final AttemptLimiter attempts = new FailureLimiter(ticker);

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      attempts.failed(address);
    }
  }

  @Test
  @DisplayName("The tenth failure in a minute locks an address for the rest of it")
  void locks() {
    fail("192.0.2.1", 9);
    assertThat(attempts.lockedFor("192.0.2.1")).isZero();
    ticker.move(Duration.ofSeconds(20));
    fail("192.0.2.1", 1);
    assertThat(attempts.lockedFor("192.0.2.1")).isEqualTo(Duration.ofSeconds(40));
    ticker.move(Duration.ofSeconds(41));
    assertThat(attempts.lockedFor("192.0.2.1")).isZero();
  }

  @Test
  @DisplayName("A minute after the first failure the count starts again")
  void newWindow() {
    fail("192.0.2.1", 9);
    ticker.move(Duration.ofSeconds(61));
    fail("192.0.2.1", 9);
    assertThat(attempts.lockedFor("192.0.2.1")).isZero();
  }

  @ParameterizedTest(name = "{0} and {1}: one = {2}")
  @CsvSource({
    "2001:db8::1, 2001:db8::ffff:1, true",
    "2001:db8:0:1::1, 2001:db8:0:2::1, false",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "unix, unix, true",
    "not:an:address, 192.0.2.1, false"
  })
  @DisplayName("An IPv6 /64 counts as one address")
  void networks(String one, String other, boolean same) {
    fail(one, 10);
    assertThat(attempts.lockedFor(one)).isPositive();
    assertThat(!attempts.lockedFor(other).isZero()).isEqualTo(same);
  }

  @Test
  @DisplayName("No more attempts are judged at once than may fail")
  void reservations() throws Exception {
    fail("192.0.2.1", 8);
    AtomicInteger judged = new AtomicInteger();
    List<Boolean> judgedOrRefused =
        Together.run(
            40,
            i -> {
              Optional<AttemptLimiter.Attempt> reserved = attempts.reserve("192.0.2.1");
              reserved.ifPresent(
                  attempt -> {
                    judged.incrementAndGet();
                    attempts.failed("192.0.2.1");
                    attempt.close();
                    attempt.close();
                  });
              return reserved.isPresent();
            });
    assertThat(judged).hasValue(2);
    assertThat(judgedOrRefused).filteredOn(reserved -> reserved).hasSize(2);
    assertThat(attempts.lockedFor("192.0.2.1")).isPositive();
    assertThat(attempts.reserve("192.0.2.2")).as("another address").isPresent();
  }

  @Test
  @DisplayName("Any number of right secrets is accepted, ten at a time")
  void rightSecrets() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Boolean> reserved =
        Together.run(
            40,
            i -> {
              try (AttemptLimiter.Attempt attempt = attempts.reserve("192.0.2.1").orElseThrow()) {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                atOnce.decrementAndGet();
                return true;
              }
            });
    assertThat(reserved).hasSize(40).doesNotContain(false);
    assertThat(most.get()).isLessThanOrEqualTo(AttemptLimiter.MAX_FAILURES);
    assertThat(attempts.lockedFor("192.0.2.1")).isZero();
  }
}
