package dev.nexo.pairing.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nexo.pairing.testing.Exposition;
import dev.nexo.pairing.testing.PromQl;
import dev.nexo.pairing.testing.PromQl.Condition;
import dev.nexo.pairing.testing.PromQl.Grouping;
import dev.nexo.pairing.testing.PromQl.Selector;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What holds the dashboard and the alerts to the server can itself fail. */
@DisplayName("A query")
class PromQlTest {

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
          # TYPE waiting gauge
          waiting 1.5E3
          """);

  @Test
  @DisplayName("is taken apart into what it names")
  void isTakenApart() {
    PromQl.Query query =
        PromQl.read(
            "clamp_min(sum by (job, x) (rate(a_total{b=\"c\",d=~\"e|f\"}[5m])), 0) / max(g) > 0.1");
    Selector first =
        new Selector(
            "a_total",
            List.of(new Condition("b", "=", "c"), new Condition("d", "=~", "e|f")),
            "rate");
    Selector second = new Selector("g", List.of(), "");
    assertThat(query.selectors()).containsExactly(first, second);
    assertThat(query.groupings())
        .containsExactly(
            new Grouping(List.of("job", "x"), List.of(first)),
            new Grouping(List.of(), List.of(second)));
  }

  @Test
  @DisplayName("with anything unknown in it is a fault, and nothing of it is passed over")
  void unknownThingsAreFaults() {
    String[][] rows = {
      {"", "nothing"},
      {"sum(a", "it does not end"},
      {"a b", "two at once"},
      {"a > bool b", "a word that is not known here"},
      {"a offset 5m", "the same"},
      {"sum without (x) (a)", "the same"},
      {"topk(3, a)", "a function that is not known here"},
      {"rate(a)", "no range"},
      {"rate(a[$__rate_interval])", "a variable that nobody fills in"},
      {"rate(a[5])", "a range without its unit"},
      {"a[5m]", "a range that nothing is done with"},
      {"a{b=c}", "a value without quotes"},
      {"a{b>\"c\"}", "no condition"},
      {"a{b=\"c\"", "a brace is open"},
      {"a{}", "no condition in the braces"},
      {"sum by (\"x\") (a)", "no label"},
      {"{__name__=\"a\"}", "no metric"},
      {"a # b", "a comment"}
    };
    for (String[] row : rows) {
      assertThatIllegalArgumentException()
          .as(row[0] + ": " + row[1])
          .isThrownBy(() -> PromQl.read(row[0]));
    }
  }

  @Test
  @DisplayName("that asks for what the server has has no fault")
  void fits() {
    for (String text :
        List.of(
            "sum by (job, channel) (increase(drops_total{reason=~\"storage|budget\"}[5m])) > 0",
            "drops_total{channel=\"a\",reason!=\"budget\",instance=~\"whatever\"}",
            "max(took_seconds{quantile=\"0.5\"})",
            "rate(took_seconds_count[5m])",
            "delta(waiting[5m])",
            "up{job=\"any\"} == 0")) {
      assertThat(SERVER.faults(PromQl.read(text))).as(text).isEmpty();
    }
  }

  @Test
  @DisplayName("that asks for what the server has not is found out")
  void doesNotFit() {
    String[][] rows = {
      {"drop_total", "no metric drop_total"},
      {"drops_total{reasons=\"storage\"}", "no reasons storage"},
      {"drops_total{reason=\"store\"}", "no reason store"},
      {"drops_total{reason!=\"store\"}", "no reason store"},
      {"drops_total{reason=~\"storage|store\"}", "no reason store"},
      {"drops_total{channel=\"a\",reason=\"budget\"}", "meets all of"},
      {"sum by (chanel) (rate(drops_total[5m]))", "no label chanel"},
      {"rate(waiting[5m])", "rate is no function for waiting"},
      {"delta(drops_total[5m])", "delta is no function for drops_total"},
      {"waiting > drop_total", "no metric drop_total"}
    };
    for (String[] row : rows) {
      assertThat(SERVER.faults(PromQl.read(row[0])))
          .as(row[0])
          .anySatisfy(fault -> assertThat(fault).contains(row[1]));
    }
    assertThatIllegalArgumentException()
        .as("an expression that cannot be looked up")
        .isThrownBy(() -> SERVER.faults(PromQl.read("drops_total{reason=~\"sto.*\"}")));
    assertThatIllegalArgumentException()
        .as("what is no exposition")
        .isThrownBy(() -> new Exposition("drops_total{channel=a} 1"));
  }
}
