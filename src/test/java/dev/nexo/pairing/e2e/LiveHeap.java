package dev.nexo.pairing.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What a Java process of ours keeps in its heap, garbage left out. */
final class LiveHeap {

  private LiveHeap() {}

  /**
   * Has the process collect its garbage and counts what is left.
   *
   * @return bytes
   */
  static long bytes(long pid) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      try (BufferedReader lines = process.inputReader()) {
        // Total, objects, bytes: the last line, though not on every release the very last.
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
