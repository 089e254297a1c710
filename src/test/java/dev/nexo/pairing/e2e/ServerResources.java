package dev.nexo.pairing.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The resources that a process uses. Linux only.
 *
 * @param descriptors open file descriptors
 * @param threads threads
 */
record ServerResources(long descriptors, long threads) {

  /** Reads the current resources of a process. */
  static ServerResources of(long pid) {
    return new ServerResources(count(pid, "fd"), count(pid, "task"));
  }

  private static long count(long pid, String directory) {
    try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), directory))) {
      return entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
