package dev.nexo.pairing.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Measures the live heap of a Java process. */
final class LiveHeap {

  private LiveHeap() {}

  /**
   * Runs a garbage collection in the process and returns the size of the live objects.
   *
   * @return the size in bytes
   */
  static long bytes(long pid) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      try (BufferedReader lines = process.inputReader()) {
        // Total, objects, bytes: usually the last line, depending on the Java release.
        return lines
            .lines()
            .filter(line -> line.startsWith("Total"))
            .map(line -> Long.parseLong(line.trim().split(" +")[2]))
            .reduce((first, second) -> second)
            .orElseThrow(() -> new IllegalStateException("No total from " + jcmd));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
