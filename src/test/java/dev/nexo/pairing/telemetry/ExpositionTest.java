package dev.nexo.pairing.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nexo.pairing.testing.Exposition;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Exposition and the queries that fit it")
class ExpositionTest {

  private static final Exposition SERVER =
      new Exposition(
          """
          # HELP drops_total Drops.
          # TYPE drops_total counter
          drops_total{channel="a",mp_scope="application",reason="storage",} 1.0
          drops_total{channel="b",mp_scope="application",reason="budget",} 0.0
          # TYPE took_seconds summary
          took_seconds{quantile="0.5",} NaN
          took_seconds_count 2.0
          # TYPE messages_waiting gauge
          messages_waiting 1.5E3
          """);

  @Test
  @DisplayName("A query for existing metrics and labels has no fault")
  void fits() {
    for (String text :
        List.of(
            "sum by (job, channel) (increase(drops_total{reason=~\"storage|budget\"}[5m])) > 0",
            "drops_total{channel=\"a\",reason!=\"budget\",instance=~\"whatever\"}",
            "max(took_seconds{quantile=\"0.5\"})",
            "rate(took_seconds_count[5m])",
            "delta(messages_waiting[5m])",
            "up{job=\"any\"} == 0")) {
      assertThat(SERVER.faults(text)).as(text).isEmpty();
    }
  }

  @Test
  @DisplayName("A query for a missing metric, label or value is reported")
  void doesNotFit() {
    String[][] rows = {
      {"drop_total", "no metric drop_total"},
      {"drops_total{reasons=\"storage\"}", "no reasons storage"},
      {"drops_total{reason=\"store\"}", "no reason store"},
      {"drops_total{reason!=\"store\"}", "no reason store"},
      {"drops_total{reason=~\"storage|store\"}", "no reason store"},
      {"drops_total{channel=\"a\",reason=\"budget\"}", "meets all of"},
      {"sum by (chanel) (rate(drops_total[5m]))", "no label chanel"},
      {"rate(messages_waiting[5m])", "rate is no function for messages_waiting"},
      {"delta(drops_total[5m])", "delta is no function for drops_total"},
      {"messages_waiting > drop_total", "no metric drop_total"}
    };
    for (String[] row : rows) {
      assertThat(SERVER.faults(row[0]))
          .as(row[0])
          .anySatisfy(fault -> assertThat(fault).contains(row[1]));
    }
    assertThatIllegalArgumentException()
        .as("an expression that cannot be looked up")
        .isThrownBy(() -> SERVER.faults("drops_total{reason=~\"sto.*\"}"));
    assertThatIllegalArgumentException()
        .as("not an exposition")
        .isThrownBy(() -> new Exposition("drops_total{channel=a} 1"));
  }
}
