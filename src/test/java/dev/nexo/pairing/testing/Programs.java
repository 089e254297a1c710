package dev.nexo.pairing.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine that tests run. */
final class Programs {

  private Programs() {}

  /** Where a program is, on Debian or on the path. */
  static Optional<Path> find(String name) {
    return Stream.concat(
            Stream.of("/usr/sbin", "/usr/local/bin"),
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
