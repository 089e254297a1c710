package dev.nexo.pairing.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testing.Observability;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What can be checked without a server; MainTaskIT holds the queries to a running one. */
@DisplayName("Dashboard and alert files")
class ObservabilityFilesTest {

  private static final int GRID_WIDTH = 24;

  @Test
  @DisplayName("Each alert has a duration, a severity, a description and a remedy")
  @SuppressWarnings("unchecked")
  void alerts() {
    Set<Object> names = new HashSet<>();
    for (Map<String, Object> alert : Observability.alerts()) {
      String name = (String) alert.get("alert");
      assertThat(names.add(name)).as("%s is there once", name).isTrue();
      assertThat(alert).containsOnlyKeys("alert", "expr", "for", "labels", "annotations");
      assertThat((String) alert.get("for")).as(name).matches("[0-9]+m");
      assertThat((Map<String, Object>) alert.get("labels"))
          .as(name)
          .containsOnlyKeys("severity")
          .extractingByKey("severity")
          .isIn("warning", "critical");
      Map<String, Object> annotations = (Map<String, Object>) alert.get("annotations");
      assertThat(annotations).as(name).containsOnlyKeys("summary", "description");
      assertThat((String) annotations.get("summary")).as(name).hasSizeBetween(20, 120);
      assertThat((String) annotations.get("description")).as(name).hasSizeGreaterThan(80);
    }
    assertThat(names).isNotEmpty();
  }

  @Test
  @DisplayName("Every alert is described in a row of the guide")
  void described() throws IOException {
    List<String> rows =
        Pattern.compile("(?m)^\\| `(Pairing\\w+)` \\|")
            .matcher(Files.readString(Path.of("src", "site", "markdown", "observability.md")))
            .results()
            .map(row -> row.group(1))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            Observability.alerts().stream().map(alert -> (String) alert.get("alert")).toList());
  }

  @Test
  @DisplayName("Each panel has its own id, position, unit, thresholds and description")
  void panels() {
    Set<Integer> ids = new HashSet<>();
    Set<String> titles = new HashSet<>();
    boolean[][] taken = new boolean[1000][GRID_WIDTH];
    for (JsonValue each : Observability.dashboard().getJsonArray("panels")) {
      JsonObject panel = each.asJsonObject();
      String title = panel.getString("title");
      assertThat(ids.add(panel.getInt("id"))).as("id of %s", title).isTrue();
      assertThat(titles.add(title)).as("title of %s", title).isTrue();
      take(taken, panel.getJsonObject("gridPos"), title);
    }
    for (JsonObject panel : Observability.panels()) {
      String title = panel.getString("title");
      JsonObject defaults = panel.getJsonObject("fieldConfig").getJsonObject("defaults");
      assertThat(defaults.getString("unit")).as(title).isNotBlank();
      assertThat(defaults.getJsonObject("thresholds").getJsonArray("steps")).as(title).isNotEmpty();
      assertThat(panel.getString("description")).as(title).hasSizeGreaterThan(20);
      JsonArray targets = panel.getJsonArray("targets");
      assertThat(targets).as(title).isNotEmpty();
      assertThat(targets.stream().map(target -> target.asJsonObject().getString("refId")))
          .as(title)
          .doesNotHaveDuplicates();
    }
  }

  private static void take(boolean[][] taken, JsonObject place, String title) {
    for (int y = place.getInt("y"); y < place.getInt("y") + place.getInt("h"); y++) {
      for (int x = place.getInt("x"); x < place.getInt("x") + place.getInt("w"); x++) {
        assertThat(taken[y][x]).as("%s lies over another panel", title).isFalse();
        taken[y][x] = true;
      }
    }
  }

  @Test
  @DisplayName("They fit every Grafana: no fixed data source, id or version")
  void portable() {
    JsonObject dashboard = Observability.dashboard();
    assertThat(dashboard.get("id")).isEqualTo(JsonValue.NULL);
    assertThat(dashboard).doesNotContainKeys("uid", "__inputs", "__requires");
    assertThat(dashboard.getInt("schemaVersion")).isGreaterThanOrEqualTo(39);
    JsonArray variables = dashboard.getJsonObject("templating").getJsonArray("list");
    assertThat(variables)
        .extracting(variable -> variable.asJsonObject().getString("name"))
        .containsExactly("datasource", "instance");
    assertThat(variables.getJsonObject(0).getString("query")).isEqualTo("prometheus");
    assertThat(dataSources(dashboard))
        .isNotEmpty()
        .allSatisfy(
            source ->
                assertThat(source.getString("uid"))
                    .isEqualTo(
                        source.getString("type").equals("grafana")
                            ? "-- Grafana --"
                            : "${datasource}"));
  }

  /** Every data source that is named anywhere below. */
  private static Set<JsonObject> dataSources(JsonValue value) {
    Set<JsonObject> found = new HashSet<>();
    if (value instanceof JsonObject object) {
      object.forEach(
          (key, below) -> {
            if (key.equals("datasource")) {
              found.add(below.asJsonObject());
            }
            found.addAll(dataSources(below));
          });
    } else if (value instanceof JsonArray array) {
      array.forEach(below -> found.addAll(dataSources(below)));
    }
    return found;
  }
}
