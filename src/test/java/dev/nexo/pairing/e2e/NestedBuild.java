package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Builds an application with Maven from the artifacts of this build, as its developers do, in a
 * directory of its own.
 */
final class NestedBuild {

  /**
   * While the WAR is compressed, a collection may have to wait. Java 17 then gives up after two
   * tries, with half of its heap free (JDK-8308507).
   */
  private static final String PATIENT =
      "-Xms512m -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions"
          + " -XX:GCLockerRetryAllocationCount=100";

  private final Path project;

  private NestedBuild(Path project) {
    this.project = project;
  }

  /** Starts with an empty directory. */
  static NestedBuild in(Path project) throws IOException {
    Directories.delete(project);
    // Otherwise Maven reads the settings of this project.
    Files.createDirectories(project.resolve(".mvn"));
    return new NestedBuild(project);
  }

  /** Adds a file. Its data directory becomes one in the directory of the build. */
  void add(String name, String text) throws IOException {
    Path path = project.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text.replace("/var/lib/my-bot", project + "/data"));
  }

  /** Runs {@code mvn package}, with the unit tests. */
  void run() throws Exception {
    Path log = project.resolve("maven.log");
    ProcessBuilder maven =
        new ProcessBuilder(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-q",
                "-B",
                "-Dmaven.repo.local=" + repository(),
                "package")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    maven.environment().put("MAVEN_OPTS", PATIENT);
    Process process = maven.start();
    if (!process.waitFor(4, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("Maven does not come to an end, see " + log);
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(0);
  }

  private Path repository() throws IOException {
    LinkedRepository repository = LinkedRepository.in(project.resolve("repository"));
    String version = BuiltJars.version();
    for (String classifier : new String[] {"module", "api"}) {
      String artifact = "nexo-pairing-" + classifier;
      repository.install(artifact, version, BuiltJars.jar(classifier), BuiltJars.pom(artifact));
    }
    repository.install("nexo-pairing-bom", version, null, BuiltJars.pom("nexo-pairing-bom"));
    repository.install("nexo-pairing", version, BuiltJars.jar("testkit"), Path.of("pom.xml"));
    return repository.directory();
  }
}
