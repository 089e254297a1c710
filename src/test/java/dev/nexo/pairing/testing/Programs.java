package dev.nexo.pairing.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs on this machine that tests run. */
final class Programs {

  private Programs() {}

  /** The path of a program: at its place on Debian, or on PATH. */
  static Optional<Path> find(String name) {
    return Stream.concat(
            Stream.of("/usr/sbin", "/usr/local/bin"),
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
