package dev.nexo.pairing.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The groups of this process, as Linux reports them. Stateless. */
final class ProcessGroups {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessGroups() {}

  /**
   * Returns the ids of the effective group, of the file system's group and of the supplementary
   * groups; none on other systems than Linux.
   */
  static Set<Integer> ids() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("Gid:") || line.startsWith("Groups:"))
          .map(line -> line.split("\\s+"))
          // Gid lists the real, effective, saved and file system's group.
          .flatMap(words -> Arrays.stream(words).skip(words[0].equals("Gid:") ? 2 : 1))
          .filter(word -> word.matches("[0-9]{1,9}"))
          .map(Integer::valueOf)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      return Set.of();
    }
  }
}
