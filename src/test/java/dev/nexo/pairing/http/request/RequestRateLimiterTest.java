package dev.nexo.pairing.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testing.MovableTicker;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Request rate limiter")
class RequestRateLimiterTest {

  private final MovableTicker ticker = new MovableTicker();
  private final RequestRateLimiter rate = new RequestRateLimiter(ticker);

  @Test
  @DisplayName("The rate is limited per address and free again the next second")
  void limit() {
    for (int i = 0; i < RequestRateLimiter.PER_SECOND; i++) {
      assertThat(rate.allows("2001:db8::" + i)).isTrue();
    }
    assertThat(rate.allows("2001:db8::ffff")).as("the same /64").isFalse();
    assertThat(rate.allows("192.0.2.1")).as("another address").isTrue();
    assertThat(rate.allows("metrics/2001:db8::1")).as("another use").isTrue();
    ticker.move(Duration.ofSeconds(1));
    assertThat(rate.allows("2001:db8::1")).isTrue();
  }
}
