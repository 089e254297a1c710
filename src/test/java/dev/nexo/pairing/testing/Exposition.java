package dev.nexo.pairing.testing;

import dev.nexo.pairing.testing.PromQl.Condition;
import dev.nexo.pairing.testing.PromQl.Grouping;
import dev.nexo.pairing.testing.PromQl.Query;
import dev.nexo.pairing.testing.PromQl.Selector;
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

/** What a server exposes at {@code /metrics}, to hold queries against. */
public final class Exposition {

  /** What Prometheus puts beside a server's own labels. */
  private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

  /** The one metric that Prometheus makes itself. */
  private static final String UP = "up";

  private static final Pattern SAMPLE = Pattern.compile("([^ {]+)(\\{(.*)\\})? \\S+");
  private static final Pattern LABEL = Pattern.compile("\\G(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  private final Map<String, List<Map<String, String>>> series = new HashMap<>();
  private final Map<String, String> types = new HashMap<>();

  /**
   * Reads what Prometheus would.
   *
   * @throws IllegalArgumentException where a line is none of the text format
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

  /** What a query asks for that is not there; empty where everything is. */
  public List<String> faults(Query query) {
    List<String> faults = new ArrayList<>();
    query.selectors().forEach(selector -> check(selector, faults));
    for (Grouping grouping : query.groupings()) {
      for (Selector selector : grouping.of()) {
        Set<String> known = labels(selector.metric());
        grouping.labels().stream()
            .filter(label -> !known.contains(label))
            .forEach(label -> faults.add(selector.metric() + " has no label " + label));
      }
    }
    return faults;
  }

  /** The labels that the result of a query has. */
  public Set<String> resultLabels(Query query) {
    return query.groupings().isEmpty()
        ? query.selectors().stream()
            .flatMap(selector -> labels(selector.metric()).stream())
            .collect(Collectors.toSet())
        : query.groupings().stream()
            .flatMap(grouping -> grouping.labels().stream())
            .collect(Collectors.toSet());
  }

  private Set<String> labels(String metric) {
    return Stream.concat(
            OF_PROMETHEUS.stream(),
            series.getOrDefault(metric, List.of()).stream().flatMap(one -> one.keySet().stream()))
        .collect(Collectors.toSet());
  }

  private void check(Selector selector, List<String> faults) {
    List<Map<String, String>> matching = series.get(selector.metric());
    if (matching == null) {
      faults.add("There is no metric " + selector.metric());
      return;
    }
    checkFunction(selector, faults);
    for (Condition condition : selector.conditions()) {
      if (OF_PROMETHEUS.contains(condition.label())) {
        continue;
      }
      Set<String> known = new HashSet<>();
      series.get(selector.metric()).forEach(one -> known.add(one.get(condition.label())));
      for (String value : values(condition)) {
        if (!known.contains(value)) {
          faults.add(selector.metric() + " has no " + condition.label() + " " + value);
        }
      }
      matching = matching.stream().filter(one -> holds(condition, one)).toList();
    }
    if (matching.isEmpty()) {
      faults.add("No series of " + selector.metric() + " meets all of " + selector.conditions());
    }
  }

  private void checkFunction(Selector selector, List<String> faults) {
    String function = selector.function();
    String whole = selector.metric().replaceFirst("_(count|sum)$", "");
    boolean counts =
        "counter".equals(types.get(selector.metric())) || "summary".equals(types.get(whole));
    if (!function.isEmpty() && counts != Set.of("rate", "increase").contains(function)) {
      faults.add(function + " is no function for " + selector.metric());
    }
  }

  private static boolean holds(Condition condition, Map<String, String> labels) {
    boolean among = values(condition).contains(labels.getOrDefault(condition.label(), ""));
    return among != condition.operator().startsWith("!");
  }

  /** Only words with bars in between: what else an expression may say cannot be looked up. */
  private static Set<String> values(Condition condition) {
    if (!condition.operator().endsWith("~")) {
      return Set.of(condition.value());
    }
    if (!condition.value().matches("\\w+(\\|\\w+)*")) {
      throw new IllegalArgumentException("No list of words: " + condition);
    }
    return Set.of(condition.value().split("\\|"));
  }
}
