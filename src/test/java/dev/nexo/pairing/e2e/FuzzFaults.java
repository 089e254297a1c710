package dev.nexo.pairing.e2e;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The faults that a run found, grouped by kind. Thread-safe. */
final class FuzzFaults {

  private static final int NAMES_SHOWN = 12;

  private static final class Group {
    private final Map<String, Integer> mutations = new TreeMap<>();
    private int count;
    private int length = Integer.MAX_VALUE;
    private String example = "";
  }

  private final Map<String, Group> groups = new TreeMap<>();

  /** Whether the kind is known for these mutations. */
  synchronized boolean isKnown(String kind, String mutations) {
    Group group = groups.get(kind);
    return group != null && group.mutations.containsKey(mutations);
  }

  /**
   * Counts a fault; the one with the shortest request is the example of its kind.
   *
   * @param mutations the names of the changes that caused it
   * @param length the length of the request in bytes
   * @param example the request and the answer
   */
  synchronized void add(String kind, String mutations, int length, String example) {
    Group group = groups.computeIfAbsent(kind, name -> new Group());
    group.count++;
    group.mutations.merge(mutations, 1, Integer::sum);
    if (length < group.length) {
      group.length = length;
      group.example = example;
    }
  }

  /** The number of kinds. */
  synchronized int kinds() {
    return groups.size();
  }

  /** The most frequent kinds, each with an example. */
  synchronized String report(int most) {
    return groups.entrySet().stream()
        .sorted(Comparator.comparing(entry -> -entry.getValue().count))
        .limit(most)
        .map(entry -> section(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String section(String kind, Group group) {
    List<String> names =
        group.mutations.entrySet().stream()
            .sorted(Comparator.comparing(entry -> -entry.getValue()))
            .map(entry -> entry.getValue() + " × " + entry.getKey())
            .toList();
    String more =
        names.size() > NAMES_SHOWN ? "\n    and " + (names.size() - NAMES_SHOWN) + " more" : "";
    return "%s (%d times)\n  by\n    %s%s\n%s\n"
        .formatted(
            kind,
            group.count,
            names.stream().limit(NAMES_SHOWN).collect(Collectors.joining("\n    ")),
            more,
            group.example.indent(2));
  }
}
