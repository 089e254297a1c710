package dev.nexo.pairing.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testing.MovableTicker;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Reasons of a broker's outage")
class OutageReasonsTest {

  private final MovableTicker ticker = new MovableTicker();
  private final OutageReasons reasons = new OutageReasons(ticker);

  @Test
  @DisplayName("A reason is logged when it changes")
  void changes() {
    assertThat(reasons.isNews("refused")).isTrue();
    assertThat(reasons.isNews("refused")).isFalse();
    assertThat(reasons.isNews("wrong password")).isTrue();
    ticker.move(Duration.ofHours(1));
    assertThat(reasons.isNews("wrong password")).as("still the same").isFalse();
    assertThat(reasons.isNews("refused")).as("changed back").isTrue();
  }

  @Test
  @DisplayName("Reasons that alternate are logged once a minute each")
  void alternates() {
    int logged = 0;
    for (int second = 0; second < 120; second++) {
      logged += reasons.isNews(second % 2 == 0 ? "a" : "b") ? 1 : 0;
      ticker.move(Duration.ofSeconds(1));
    }
    assertThat(logged).isEqualTo(4);
  }

  @Test
  @DisplayName("After a connection the same reason is logged again")
  void afterConnection() {
    assertThat(reasons.isNews("refused")).isTrue();
    reasons.ended();
    assertThat(reasons.isNews("refused")).isTrue();
  }
}
