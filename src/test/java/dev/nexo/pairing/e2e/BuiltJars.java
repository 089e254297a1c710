package dev.nexo.pairing.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jars in {@code target} that other projects depend on. */
final class BuiltJars {

  static final Path TARGET = Path.of("target").toAbsolutePath();

  /**
   * The jars in the directory that are not libraries of the module: the WAR's binding for SLF4J,
   * because a module does not choose its application's logging, and two libraries of the command
   * line, which only the packaged WAR excludes.
   */
  private static final Pattern OTHERS =
      Pattern.compile("(slf4j-jdk14|commons-io|commons-codec)-.*");

  private BuiltJars() {}

  /**
   * The jar with a classifier.
   *
   * @param classifier {@code module} or {@code api}, optionally followed by {@code -sources}
   */
  static Path jar(String classifier) {
    return only(TARGET, path -> path.getFileName().toString().endsWith("-" + classifier + ".jar"));
  }

  /** The WAR. */
  static Path war() {
    return only(TARGET, path -> path.getFileName().toString().endsWith(".war"));
  }

  /** The version of the build. */
  static String version() {
    return jar("api").getFileName().toString().replaceAll("^nexo-pairing-|-api\\.jar$", "");
  }

  /** The POM that a jar is installed with. */
  static Path pom(String artifact) {
    return TARGET.resolve("poms").resolve(artifact + ".xml");
  }

  /** The libraries that the module needs at run time. The WAR contains them and a few more. */
  static List<Path> libraries() {
    Path war = only(TARGET, path -> Files.isDirectory(path.resolve("WEB-INF/lib")));
    try (Stream<Path> jars = Files.list(war.resolve("WEB-INF/lib"))) {
      return jars.filter(jar -> !OTHERS.matcher(jar.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path only(Path directory, Predicate<Path> wanted) {
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> found = all.filter(wanted).toList();
      if (found.size() != 1) {
        throw new IllegalStateException("Not exactly one: " + found + "; is target/ a clean one?");
      }
      return found.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
