package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Database check on PostgreSQL")
@Tag("postgresql")
class DatabaseCheckPostgresTest extends PairingContract {

  DatabaseCheckPostgresTest() {
    database = TestDatabase.POSTGRESQL;
  }

  private List<Finding> examined() {
    return pairing.get(DatabaseCheck.class).examine();
  }

  @Test
  @DisplayName("The check reads the database's own clock and checks no file")
  void clock() {
    pairing.clock().move(Duration.between(pairing.clock().instant(), Clock.systemUTC().instant()));
    assertThat(examined())
        .extracting(finding -> finding.check() + " " + finding.level().wireName())
        .containsExactly("database ok", "migrations ok", "clock ok");
    pairing.clock().move(Duration.ofHours(1));
    Finding clock = examined().get(2);
    assertThat(clock.level()).isEqualTo(Finding.Level.WARNING);
    assertThat(clock.text())
        .contains("ahead of the database's")
        .containsPattern("3[56]\\d\\d\\.\\d s");
    assertThat(clock.remedy()).contains("NTP");
  }
}
