package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.RecentActivity;
import dev.nexo.pairing.internal.RecentActivity.Hour;
import dev.nexo.pairing.internal.RecentActivity.Report;
import dev.nexo.pairing.testing.OnEveryDatabase;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Activity by hour")
@OnEveryDatabase
class RecentActivityTest extends PairingContract {

  private Report report() {
    return pairing.get(RecentActivity.class).report();
  }

  @Test
  @DisplayName("Strangers and decisions are counted in their hour, and leave after 24 hours")
  void byHour() {
    approve(challenged("ana"));
    pairing.store().deny(challenged("bob").request().requestId(), false, null, OPERATOR);
    pairing.store().deny(challenged("cid").request().requestId(), true, null, OPERATOR);
    pairing.clock().move(Duration.ofHours(1));
    challenged("dan");
    Report report = report();
    assertThat(report.hours()).hasSize(RecentActivity.HOURS);
    Hour last = report.hours().get(23);
    assertThat(last.at()).isEqualTo(pairing.clock().instant().truncatedTo(ChronoUnit.HOURS));
    assertThat(last).isEqualTo(new Hour(last.at(), 1, 0, 0, 0, 0));
    Hour before = report.hours().get(22);
    assertThat(before).isEqualTo(new Hour(last.at().minus(Duration.ofHours(1)), 3, 1, 1, 1, 0));
    assertThat(report.hours()).extracting(Hour::strangers).startsWith(0L, 0L);
    assertThat(report).isEqualTo(new Report(1, 0, 1, 0, true, report.hours()));
    pairing.clock().move(Duration.ofHours(24));
    assertThat(report().hours()).extracting(Hour::strangers).containsOnly(0L);
  }
}
