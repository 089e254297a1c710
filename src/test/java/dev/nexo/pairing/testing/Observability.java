package dev.nexo.pairing.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The dashboard and the alert rules of {@code src/main/observability}. */
public final class Observability {

  /** The directory of both files. */
  public static final Path DIRECTORY = Path.of("src", "main", "observability");

  private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*\\}\\}");
  private static final Pattern ALERT = Pattern.compile("\\{\\{\\s*\\$labels\\.(\\w+)\\s*\\}\\}");
  private static final Pattern VARIABLE = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

  /**
   * An expression of one of the files.
   *
   * @param where the panel or alert that contains it
   * @param query PromQL, with Grafana's variables filled in
   * @param shown the labels that a legend or an annotation shows
   */
  public record Expression(String where, String query, Set<String> shown) {}

  private Observability() {}

  /** The dashboard as JSON. */
  public static JsonObject dashboard() {
    try (var reader =
        Json.createReader(Files.newBufferedReader(DIRECTORY.resolve("grafana-dashboard.json")))) {
      return reader.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The panels with queries, without rows. */
  public static List<JsonObject> panels() {
    return dashboard().getJsonArray("panels").stream()
        .map(JsonValue::asJsonObject)
        .filter(panel -> !panel.getString("type").equals("row"))
        .toList();
  }

  /** The alerts of all groups. */
  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> alerts() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Map<String, Object>> alerts = new ArrayList<>();
    try (var text = Files.newBufferedReader(DIRECTORY.resolve("prometheus-alerts.yaml"))) {
      Map<String, Object> file = new Yaml(new SafeConstructor(options)).load(text);
      for (Map<String, Object> group : (List<Map<String, Object>>) file.get("groups")) {
        alerts.addAll((List<Map<String, Object>>) group.get("rules"));
      }
      return alerts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every expression of both files, including those of variables. */
  public static List<Expression> expressions() {
    List<Expression> all = new ArrayList<>();
    for (Map<String, Object> alert : alerts()) {
      all.add(
          new Expression(
              (String) alert.get("alert"),
              (String) alert.get("expr"),
              words(ALERT, alert.get("annotations").toString())));
    }
    for (JsonObject panel : panels()) {
      for (JsonValue target : panel.getJsonArray("targets")) {
        all.add(
            new Expression(
                panel.getString("title"),
                filledIn(target.asJsonObject().getString("expr")),
                words(LEGEND, target.asJsonObject().getString("legendFormat"))));
      }
    }
    for (JsonValue one : dashboard().getJsonObject("templating").getJsonArray("list")) {
      JsonObject variable = one.asJsonObject();
      if (variable.getString("type").equals("query")) {
        all.add(variable(variable));
      }
    }
    return all;
  }

  private static Expression variable(JsonObject variable) {
    Matcher query = VARIABLE.matcher(variable.getJsonObject("query").getString("query"));
    if (!query.matches()) {
      throw new IllegalArgumentException("Not understood: " + variable);
    }
    return new Expression(variable.getString("name"), query.group(1), Set.of(query.group(2)));
  }

  /** Replaces Grafana's variables. promtool rejects any other variable. */
  private static String filledIn(String expression) {
    return expression
        .replace("$__rate_interval", "5m")
        .replace("{instance=~\"$instance\"", "{instance=~\"any\"");
  }

  private static Set<String> words(Pattern pattern, String text) {
    Set<String> words = new LinkedHashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group(1));
    }
    return words;
  }
}
