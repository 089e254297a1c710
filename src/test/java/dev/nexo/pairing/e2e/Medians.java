package dev.nexo.pairing.e2e;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** How long the same things take with few rows and with many: medians, in milliseconds. */
final class Medians {

  private final Map<String, Double> few = new LinkedHashMap<>();
  private final Map<String, Double> many = new LinkedHashMap<>();
  private final Map<String, Double> allowances = new LinkedHashMap<>();

  /** The median of so many runs of a step, which gets the number of the run, from 0. */
  static double of(int runs, IntConsumer step) {
    double[] millis = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      step.accept(i);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis[runs / 2];
  }

  /** Notes what was measured with few rows. */
  void few(Map<String, Double> medians) {
    few.putAll(medians);
  }

  /**
   * Notes what was measured with many rows; what was noted before counts where it was quicker, as
   * whatever else the machine has to do makes nothing quicker.
   *
   * @param allowance milliseconds by which each of them may be beyond twice what few rows took
   */
  void many(Map<String, Double> medians, double allowance) {
    medians.forEach((what, millis) -> many.merge(what, millis, Math::min));
    medians.keySet().forEach(what -> allowances.put(what, allowance));
  }

  /** What takes longer with many rows than it may. */
  List<String> slower() {
    return many.keySet().stream()
        .filter(what -> many.get(what) > 2 * few.get(what) + allowances.get(what))
        .toList();
  }

  /** Everything as a table in Markdown. */
  String table() {
    StringBuilder table =
        new StringBuilder("| ms | few | many | ratio |\n| --- | --- | --- | --- |");
    many.forEach(
        (what, millis) ->
            table.append(
                "\n| %s | %.2f | %.2f | %.1f |"
                    .formatted(what, few.get(what), millis, millis / few.get(what))));
    return table.toString();
  }
}
