package dev.nexo.pairing.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the build has put under {@code target}: the jars that others depend on. */
final class BuiltJars {

  static final Path TARGET = Path.of("target").toAbsolutePath();

  /**
   * What the directory has besides the module's libraries: the WAR's binding for SLF4J, for a
   * module does not choose how its application logs, and two libraries of the command line, which
   * only the packaged WAR leaves out.
   */
  private static final Pattern OTHERS =
      Pattern.compile("(slf4j-jdk14|commons-io|commons-codec)-.*");

  private BuiltJars() {}

  /**
   * The jar of that classifier.
   *
   * @param classifier {@code module}, {@code api}, with {@code -sources} behind it or without
   */
  static Path jar(String classifier) {
    return only(TARGET, path -> path.getFileName().toString().endsWith("-" + classifier + ".jar"));
  }

  /** The version that the build gives them. */
  static String version() {
    return jar("api").getFileName().toString().replaceAll("^nexo-pairing-|-api\\.jar$", "");
  }

  /** The POM that the jar of this name is installed with. */
  static Path pom(String artifact) {
    return TARGET.resolve("poms").resolve(artifact + ".xml");
  }

  /**
   * The libraries that the module needs at run time: those of the WAR, which has the same
   * dependencies and a few more.
   */
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
