package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClosedConnectionLimitTest {

  private static final Duration COUNTED = Duration.ofSeconds(ClosedConnectionLimit.SECONDS);

  private final HandDrivenExecutor time = new HandDrivenExecutor();
  private final ClosedConnectionLimit farewells = new ClosedConnectionLimit(time);

  @AfterEach
  void stop() {
    time.shutdownNow();
  }

  @Test
  void whoHasTooManyOnTheirWayOutWaitsUntilTheyHaveGone() {
    for (int i = 0; i < ClosedConnectionLimit.PER_ADDRESS; i++) {
      assertThat(farewells.tooMany("192.0.2.1")).isFalse();
      farewells.begin("192.0.2.1");
    }
    assertThat(farewells.tooMany("192.0.2.1")).isTrue();
    assertThat(farewells.tooMany("192.0.2.2")).isFalse();
    time.pass(COUNTED);
    assertThat(farewells.tooMany("192.0.2.1")).isFalse();
  }

  @Test
  void inAllThereIsAnEndToThemToo() {
    for (int i = 0; i < ClosedConnectionLimit.IN_ALL; i++) {
      farewells.begin("192.0." + i / 250 + "." + i % 250);
    }
    assertThat(farewells.tooMany("198.51.100.1")).isTrue();
  }

  @Test
  void whereTheServerStopsNobodyIsCounted() {
    time.shutdownNow();
    for (int i = 0; i < 2 * ClosedConnectionLimit.PER_ADDRESS; i++) {
      farewells.begin("192.0.2.1");
    }
  }
}
