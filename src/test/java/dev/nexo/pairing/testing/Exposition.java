package dev.nexo.pairing.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metrics that a server exposes at {@code /metrics}. Checks whether queries match them. */
public final class Exposition {

  /** The labels that Prometheus adds. */
  private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

  /** The one metric that Prometheus itself adds. */
  private static final String UP = "up";

  private static final Pattern SAMPLE = Pattern.compile("([^ {]+)(\\{(.*)\\})? \\S+");
  private static final Pattern LABEL = Pattern.compile("\\G(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

  /**
   * Matches a function over a range, a metric and its conditions. Only metric names contain an
   * underscore.
   */
  private static final Pattern SELECTOR =
      Pattern.compile(
          "(?:\\b(rate|increase|delta|deriv)\\()?\\b(up|[a-zA-Z]\\w*_\\w+)\\b(?!\\()(?:\\{([^}]*)\\})?");

  private static final Pattern CONDITION = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");

  private final Map<String, List<Map<String, String>>> series = new HashMap<>();
  private final Map<String, String> types = new HashMap<>();

  /**
   * Parses the text format of Prometheus.
   *
   * @throws IllegalArgumentException if a line is not valid
   */
  public Exposition(String text) {
    series.put(UP, List.of(Map.of()));
    text.lines().filter(line -> !line.isBlank()).forEach(this::read);
  }

  private void read(String line) {
    if (line.startsWith("#")) {
      String[] words = line.split(" ");
      if (words[1].equals("TYPE")) {
        types.put(words[2], words[3]);
      }
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new IllegalArgumentException("No sample: " + line);
    }
    Map<String, String> labels = new HashMap<>();
    String text = sample.group(3) == null ? "" : sample.group(3);
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
      end = label.end();
    }
    if (end != text.length()) {
      throw new IllegalArgumentException("No labels: " + line);
    }
    series.computeIfAbsent(sample.group(1), name -> new ArrayList<>()).add(labels);
  }

  /**
   * Returns the metrics and labels of a query that the server does not expose; empty if none is
   * missing. Only names are checked, because promtool checks the syntax.
   */
  public List<String> faults(String query) {
    List<String> faults = new ArrayList<>();
    Matcher selector = SELECTOR.matcher(GROUPING.matcher(query).replaceAll(""));
    while (selector.find()) {
      String metric = selector.group(2);
      if (!series.containsKey(metric)) {
        faults.add("There is no metric " + metric);
        continue;
      }
      checkFunction(selector.group(1), metric, faults);
      checkConditions(metric, selector.group(3) == null ? "" : selector.group(3), faults);
      groupingLabels(query).stream()
          .filter(label -> !labels(metric).contains(label))
          .forEach(label -> faults.add(metric + " has no label " + label));
    }
    return faults;
  }

  /** The labels of a query's result. */
  public Set<String> resultLabels(String query) {
    Set<String> grouped = groupingLabels(query);
    return grouped.isEmpty()
        ? SELECTOR
            .matcher(query)
            .results()
            .flatMap(selector -> labels(selector.group(2)).stream())
            .collect(Collectors.toSet())
        : grouped;
  }

  private static Set<String> groupingLabels(String query) {
    return GROUPING
        .matcher(query)
        .results()
        .flatMap(grouping -> Stream.of(grouping.group(1).split(", *")))
        .collect(Collectors.toSet());
  }

  private Set<String> labels(String metric) {
    return Stream.concat(
            OF_PROMETHEUS.stream(),
            series.getOrDefault(metric, List.of()).stream().flatMap(one -> one.keySet().stream()))
        .collect(Collectors.toSet());
  }

  private void checkFunction(String function, String metric, List<String> faults) {
    String whole = metric.replaceFirst("_(count|sum)$", "");
    boolean counts = "counter".equals(types.get(metric)) || "summary".equals(types.get(whole));
    if (function != null && counts != Set.of("rate", "increase").contains(function)) {
      faults.add(function + " is no function for " + metric);
    }
  }

  private void checkConditions(String metric, String conditions, List<String> faults) {
    List<Map<String, String>> matching = series.get(metric);
    Matcher condition = CONDITION.matcher(conditions);
    while (condition.find()) {
      String label = condition.group(1);
      if (OF_PROMETHEUS.contains(label)) {
        continue;
      }
      Set<String> values = values(condition.group(2), condition.group(3));
      Set<String> known = new HashSet<>();
      series.get(metric).forEach(one -> known.add(one.get(label)));
      values.stream()
          .filter(value -> !known.contains(value))
          .forEach(value -> faults.add(metric + " has no " + label + " " + value));
      boolean equal = !condition.group(2).startsWith("!");
      matching =
          matching.stream()
              .filter(one -> values.contains(one.getOrDefault(label, "")) == equal)
              .toList();
    }
    if (matching.isEmpty()) {
      faults.add("No series of " + metric + " meets all of " + conditions);
    }
  }

  /** Splits alternatives of plain names; other regular expressions are not supported. */
  private static Set<String> values(String operator, String value) {
    if (!operator.endsWith("~")) {
      return Set.of(value);
    }
    if (!value.matches("\\w+(\\|\\w+)*")) {
      throw new IllegalArgumentException("Not a list of words: " + value);
    }
    return Set.of(value.split("\\|"));
  }
}
