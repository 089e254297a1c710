package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The application of the embedding guide, built by Maven from the files in the guide. Only its data
 * directory differs.
 */
@DisplayName("The guide's application")
@ExtendWith(ArquillianExtension.class)
class ConsumerIT {

  private static final String NAME = "my-bot";
  private static final Path PROJECT = BuiltJars.TARGET.resolve("e2e").resolve(NAME);
  private static final Path WAR = PROJECT.resolve("target").resolve(NAME + ".war");

  @Deployment(testable = false)
  static WebArchive application() throws Exception {
    Directories.delete(PROJECT);
    for (Map.Entry<String, String> file : GuideFiles.all().entrySet()) {
      // This file is for applications with their own persistence, see JpaIT.
      if (!file.getKey().endsWith("persistence.xml")) {
        Path path = PROJECT.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue().replace("/var/lib/my-bot", PROJECT + "/data"));
      }
    }
    // Otherwise Maven reads the settings of this project.
    Files.createDirectories(PROJECT.resolve(".mvn"));
    build(repository());
    return ShrinkWrap.create(ZipImporter.class, NAME + ".war")
        .importFrom(WAR.toFile())
        .as(WebArchive.class);
  }

  private static Path repository() throws IOException {
    LinkedRepository repository = LinkedRepository.in(PROJECT.resolve("repository"));
    for (String classifier : new String[] {"module", "api"}) {
      String artifact = "nexo-pairing-" + classifier;
      repository.install(
          artifact, BuiltJars.version(), BuiltJars.jar(classifier), BuiltJars.pom(artifact));
    }
    return repository.directory();
  }

  private static void build(Path repository) throws Exception {
    Path log = PROJECT.resolve("maven.log");
    ProcessBuilder maven =
        new ProcessBuilder(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-q",
                "-B",
                "-Dmaven.repo.local=" + repository,
                "package")
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = maven.start();
    if (!process.waitFor(100, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("Maven does not come to an end, see " + log);
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(0);
  }

  @Test
  @DisplayName("The guide's application starts, and its bean asks the gate")
  void answers() throws Exception {
    URI inbox =
        URI.create(
            "http://127.0.0.1:%s/my-bot/inbox?from=@somebody"
                .formatted(System.getProperty("arquillian.http.port")));
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(inbox).POST(BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo("held back");
    assertThat(waiting()).isEqualTo("telegram my_bot @somebody");
  }

  /** A failed gate also drops messages, so check that this one has created a pending request. */
  private static String waiting() throws SQLException {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + PROJECT.resolve("data/pairing.db"));
        Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT channel || ' ' || account_id || ' ' || sender_id FROM pairing_pending")) {
      return row.getString(1);
    }
  }

  @Test
  @DisplayName("Maven resolves the libraries that the module was tested with")
  void libraries() {
    Stream<String> expected =
        Stream.concat(
            Stream.of("nexo-pairing-module-" + BuiltJars.version() + ".jar"),
            BuiltJars.libraries().stream().map(path -> path.getFileName().toString()));
    assertThat(
            ShrinkWrap.create(ZipImporter.class, "built.war")
                .importFrom(WAR.toFile())
                .as(WebArchive.class)
                .getContent(Filters.include("/WEB-INF/lib/.*\\.jar"))
                .keySet())
        .extracting(ArchivePath::get)
        .extracting(path -> path.substring("/WEB-INF/lib/".length()))
        .containsExactlyInAnyOrderElementsOf(expected.toList());
  }
}
