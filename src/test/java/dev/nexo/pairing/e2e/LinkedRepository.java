package dev.nexo.pairing.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * A local Maven repository for a nested build. It links to the artifacts of this machine's
 * repository, so that nothing is downloaded twice, and adds this project's artifacts, which must
 * not get into that repository.
 */
final class LinkedRepository {

  private final Path directory;
  private final Path original;

  private LinkedRepository(Path directory, Path original) {
    this.directory = directory;
    this.original = original;
  }

  /** Creates a repository in a directory that does not exist yet. */
  static LinkedRepository in(Path directory) throws IOException {
    Path original = Path.of(System.getProperty("localRepository"));
    LinkedRepository repository = new LinkedRepository(directory, original);
    repository.link("");
    repository.open("dev");
    repository.open("dev/nexo");
    return repository;
  }

  /** Replaces a link by a real directory. */
  private void open(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
    link(name);
  }

  private void link(String name) throws IOException {
    Path here = Files.createDirectories(directory.resolve(name));
    Path there = original.resolve(name);
    if (Files.isDirectory(there)) {
      try (Stream<Path> all = Files.list(there)) {
        for (Path each : all.filter(path -> !isOurs(path)).toList()) {
          Files.createSymbolicLink(here.resolve(each.getFileName()), each.toRealPath());
        }
      }
    }
  }

  private static boolean isOurs(Path path) {
    return path.getFileName().toString().startsWith("nexo-pairing");
  }

  /**
   * Adds an artifact like {@code mvn install}.
   *
   * @param jar the jar, which has the classifier {@code testkit} if its name ends with it; null if
   *     there is none
   */
  void install(String artifact, String version, Path jar, Path pom) throws IOException {
    Path place = directory.resolve("dev/nexo").resolve(artifact).resolve(version);
    Files.createDirectories(place);
    String name = artifact + "-" + version;
    if (jar != null) {
      String file = jar.getFileName().toString();
      String classifier = file.endsWith("-testkit.jar") ? "-testkit" : "";
      Files.copy(
          jar, place.resolve(name + classifier + ".jar"), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.copy(pom, place.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** The directory of the repository. */
  Path directory() {
    return directory;
  }
}
