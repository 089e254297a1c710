package dev.nexo.pairing.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and writes them as a table: each beside its floor, with the ratio and the
 * aim. Only the profile {@code benchmark} runs it; the system property {@code benchmark.include} is
 * a pattern for those to run (default: all).
 */
@DisplayName("Benchmarks")
class BenchmarkTable {

  @Test
  @DisplayName("The benchmarks run, and their table is in target/benchmark.md")
  void table() throws RunnerException, IOException {
    Options options =
        new OptionsBuilder()
            .include("dev.nexo.pairing.benchmark.*" + System.getProperty("benchmark.include", "."))
            .forks(1)
            .jvmArgsAppend("--enable-native-access=ALL-UNNAMED")
            .warmupIterations(4)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(2))
            .shouldFailOnError(true)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    Map<String, Double> scores = new LinkedHashMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark().replaceAll(".*\\.", "");
      String senders = result.getParams().getParam("senders");
      scores.put(
          senders == null ? name : name + " " + senders, result.getPrimaryResult().getScore());
    }
    StringBuilder table = new StringBuilder();
    table.append("| operation | here | floor | ratio | aim |\n| --- | --- | --- | --- | --- |\n");
    for (String senders : new String[] {"1000", "100000", "1000000"}) {
      row(
          table,
          "hit, " + senders + " senders, ns",
          scores,
          "gate " + senders,
          "floor " + senders,
          1.5);
      row(table, "Caffeine instead, ns", scores, "caffeine " + senders, "floor " + senders, 1.5);
    }
    row(table, "miss, µs", scores, "miss", "missFloor", 3);
    row(table, "unknown sender, slots full, µs", scores, "full", "fullFloor", 3);
    row(table, "create, µs", scores, "create", "createFloor", 2);
    row(table, "approve, µs", scores, "approve", "approveFloor", 2);
    row(table, "revoke, µs", scores, "revoke", "revokeFloor", 2);
    row(table, "seed, a row, µs", scores, "seed", "seedFloor", 2);
    row(table, "issue a setup code, ns", scores, "issue", "issueFloor", 2);
    row(table, "verify a bootstrap token, ns", scores, "verify", "verifyFloor", 2);
    row(table, "sign, codec alone, ns", scores, "signCodec", "issueFloor", 1.2);
    row(table, "verify, codec alone, ns", scores, "verifyCodec", "verifyFloor", 1.2);
    row(table, "QR PNG, 400 characters, µs", scores, "qrPng", "qrFloor", 1.3);
    row(table, "QR ANSI, 400 characters, µs", scores, "qrAnsi", "qrFloor", 1.3);
    Files.writeString(Path.of("target", "benchmark.md"), table);
    System.out.println(table);
  }

  private static void row(
      StringBuilder table,
      String label,
      Map<String, Double> scores,
      String here,
      String floor,
      double aim) {
    if (!scores.containsKey(here)) {
      return;
    }
    double ratio = scores.get(here) / scores.get(floor);
    table.append(
        "| %s | %.1f | %.1f | %.2f | ≤ %.1f %s |%n"
            .formatted(
                label, scores.get(here), scores.get(floor), ratio, aim, ratio <= aim ? "✓" : "✗"));
  }
}
