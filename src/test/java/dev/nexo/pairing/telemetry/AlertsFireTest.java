package dev.nexo.pairing.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nexo.pairing.testing.Observability;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Checks the alert rules and the queries with promtool, a part of Prometheus. */
@DisplayName("Alert rules in Prometheus")
class AlertsFireTest {

  private static final String RULES = "prometheus-alerts.yaml";
  private static final String TESTS = "prometheus-alerts-test.yaml";

  @TempDir Path directory;

  @BeforeEach
  void needsPromtool() {
    assumeTrue(promtool().isPresent(), "needs promtool: apt-get install prometheus");
  }

  private static Optional<Path> promtool() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(place -> Path.of(place, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private String run(String... words) throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(promtool().orElseThrow().toString()), Stream.of(words))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + "\n" + Files.readString(output);
  }

  @Test
  @DisplayName("promtool accepts the rules")
  void check() throws Exception {
    assertThat(run("check", "rules", Observability.DIRECTORY.resolve(RULES).toString()))
        .startsWith("0\n")
        .contains(Observability.alerts().size() + " rules found");
  }

  @Test
  @DisplayName("promtool accepts every query of the dashboard and the alerts")
  void queries() throws Exception {
    List<Map<String, String>> rules = new ArrayList<>();
    for (Observability.Expression one : Observability.expressions()) {
      rules.add(Map.of("record", "query:" + rules.size(), "expr", one.query()));
    }
    assertThat(rules)
        .hasSizeGreaterThan(Observability.alerts().size() + Observability.panels().size());
    Map<String, Object> file = Map.of("groups", List.of(Map.of("name", "all", "rules", rules)));
    Path written = Files.writeString(directory.resolve("queries.yaml"), new Yaml().dump(file));
    assertThat(run("check", "rules", written.toString()))
        .startsWith("0\n")
        .contains(rules.size() + " rules found");
  }

  @Test
  @DisplayName("Each alert fires for its cause, and none in a quiet hour")
  void fires() throws Exception {
    assertThat(run("test", "rules", Observability.DIRECTORY.resolve(TESTS).toString()))
        .startsWith("0\n");
    assertThat(Files.readString(Observability.DIRECTORY.resolve(TESTS)))
        .contains(
            Observability.alerts().stream()
                .map(alert -> "alertname=\"" + alert.get("alert") + "\"")
                .toList());
  }

  @Test
  @DisplayName("The test fails if an alert does not fire")
  void canFail() throws Exception {
    String rules = Files.readString(Observability.DIRECTORY.resolve(RULES));
    Files.writeString(directory.resolve(RULES), rules.replace("\"spent\"", "\"spend\""));
    Path tests = Files.copy(Observability.DIRECTORY.resolve(TESTS), directory.resolve(TESTS));
    assertThat(run("test", "rules", tests.toString()))
        .doesNotStartWith("0\n")
        .contains("PairingTokenReplay");
  }
}
