package dev.nexo.pairing.e2e;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Compares the median times of steps with few and with many rows, in milliseconds. */
final class Medians {

  private final Map<String, Double> few = new LinkedHashMap<>();
  private final Map<String, Double> many = new LinkedHashMap<>();
  private final Map<String, Double> allowances = new LinkedHashMap<>();

  /** The median of several runs of a step, which receives the number of the run, from 0. */
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

  /** Records a measurement with few rows. */
  void few(Map<String, Double> medians) {
    few.putAll(medians);
  }

  /**
   * Records a measurement with many rows. An earlier, faster measurement is kept, because other
   * load on the machine can only slow a step down.
   *
   * @param allowance how many milliseconds a step may exceed twice its time with few rows
   */
  void many(Map<String, Double> medians, double allowance) {
    medians.forEach((what, millis) -> many.merge(what, millis, Math::min));
    medians.keySet().forEach(what -> allowances.put(what, allowance));
  }

  /** The steps that take too long with many rows. */
  List<String> slower() {
    return many.keySet().stream()
        .filter(what -> many.get(what) > 2 * few.get(what) + allowances.get(what))
        .toList();
  }

  /** All measurements as a Markdown table. */
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
