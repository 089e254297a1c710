package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contents of the jars that other projects depend on. */
@DisplayName("Content of the jars")
class JarsIT {

  private static final String ROOT = "dev/nexo/pairing/";

  private static final String ADAPTER =
      """
      import dev.nexo.pairing.spi.Reply;
      import dev.nexo.pairing.spi.PairingChannelAdapter;
      import java.util.Optional;

      public class Carrier implements PairingChannelAdapter {
        @Override public String channelId() { return "pigeon"; }
        @Override public Optional<String> normalizeSender(String raw) { return Optional.of(raw); }
        @Override public void sendReply(Reply reply) { System.out.println(reply.text()); }
      }
      """;

  @TempDir Path directory;

  private static Set<String> files(String classifier) throws IOException {
    try (JarFile jar = new JarFile(BuiltJars.jar(classifier).toFile())) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(ZipEntry::getName)
          .collect(Collectors.toSet());
    }
  }

  private static String text(String classifier, String name) throws IOException {
    try (JarFile jar = new JarFile(BuiltJars.jar(classifier).toFile());
        InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }

  @Test
  @DisplayName("The module's jar has its beans, services and migrations")
  void moduleHasWhatItNeeds() throws IOException {
    assertThat(files("module"))
        .contains(
            "META-INF/beans.xml",
            "META-INF/LICENSE-APACHE",
            "META-INF/LICENSE-MIT",
            "db/callback/flyway.location",
            ROOT + "PairingGate.class",
            ROOT + "spi/PairingChannelAdapter.class",
            ROOT + "store/sqlite/V1__nexo_tables.sql",
            ROOT + "store/sqlite/flyway.location",
            ROOT + "store/postgresql/V1__nexo_tables.sql",
            ROOT + "store/postgresql/flyway.location");
    assertThat(text("module", "META-INF/services/jakarta.enterprise.inject.spi.Extension"))
        .isEqualTo(
            "dev.nexo.pairing.config.DeploymentValidator\n"
                + "dev.nexo.pairing.guard.AdmittedMethodCheck");
    assertThat(text("module", "META-INF/services/jakarta.servlet.ServletContainerInitializer"))
        .isEqualTo("dev.nexo.pairing.guard.BeanArchiveCheck");
    assertThat(text("module", "META-INF/services/org.eclipse.microprofile.config.spi.ConfigSource"))
        .isEqualTo("dev.nexo.pairing.config.YamlConfigSource");
  }

  @Test
  @DisplayName("The module's jar has nothing that belongs only to the WAR")
  void moduleHasNothingOfTheWars() throws IOException {
    assertThat(files("module"))
        .noneMatch(name -> name.matches(ROOT + "(http/(console|companion|container)|ws|cli)/.*"))
        .noneMatch(name -> name.matches(ROOT + "http/.*(Filter|Mapper|Application).*"))
        .noneMatch(name -> name.matches(".*(microprofile-config|openapi|web\\.xml|ibm-web).*"))
        .noneMatch(name -> name.startsWith("META-INF/maven/"))
        .allMatch(name -> name.matches("(META-INF|db/callback|" + ROOT + ").*"));
  }

  @Test
  @DisplayName("JAX-RS and the container of a host find no operator call in the module")
  void moduleMountsNothing() throws IOException {
    try (JarFile jar = new JarFile(BuiltJars.jar("module").toFile())) {
      assertThat(new ClassFileImporter().importJar(jar))
          .filteredOn(type -> type.getPackageName().startsWith("dev.nexo.pairing.http"))
          .isNotEmpty()
          .noneMatch(
              type ->
                  type.isAnnotatedWith(jakarta.ws.rs.Path.class)
                      || type.isAnnotatedWith(Provider.class)
                      || type.isAnnotatedWith(ApplicationPath.class)
                      || type.isAnnotatedWith(WebServlet.class)
                      || type.isAnnotatedWith(WebFilter.class));
    }
  }

  @Test
  @DisplayName("The module's jar has every class of ours that its classes need")
  void moduleIsComplete() {
    StringWriter found = new StringWriter();
    PrintWriter out = new PrintWriter(found);
    java.util.spi.ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(out, out, "-verbose:class", "-e", "dev\\.nexo\\..*", "" + BuiltJars.jar("module"));
    assertThat(found.toString())
        .contains("dev.nexo.pairing.http.operator.OperatorServlet")
        .doesNotContain("not found");
  }

  @Test
  @DisplayName("The api jar has only the packages of the API")
  void apiHasOnlyTheApi() throws IOException {
    assertThat(files("api"))
        .contains(ROOT + "PairingGate.class", ROOT + "spi/PairingChannelAdapter.class")
        .allMatch(
            name ->
                name.matches(
                    ROOT + "((companion|spi)/)?[^/]+\\.class|META-INF/(MANIFEST.MF|LICENSE-\\w+)"));
  }

  @Test
  @DisplayName("The test kit has its package, and none of our tests")
  void testKitHasOnlyItself() throws IOException {
    assertThat(files("testkit"))
        .contains(ROOT + "testkit/InMemoryPairing.class", ROOT + "testkit/MovableClock.class")
        .contains(ROOT + "testkit/PairingGateContract.class", "META-INF/LICENSE-MIT")
        .noneMatch(name -> name.contains("Test.class") || name.contains("Test$"))
        .allMatch(
            name ->
                name.matches(ROOT + "testkit/[^/]+\\.class|META-INF/(MANIFEST.MF|LICENSE-\\w+)"));
  }

  @Test
  @DisplayName("An adapter compiles with only the api jar on the class path")
  void adapterCompiles() throws IOException {
    assertThat(compiles(BuiltJars.jar("api").toString())).isTrue();
    assertThat(compiles(directory.toString())).isFalse();
  }

  private boolean compiles(String classPath) throws IOException {
    Path source = Files.writeString(directory.resolve("Carrier.java"), ADAPTER);
    StringWriter ignored = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var sources = compiler.getStandardFileManager(null, null, UTF_8)) {
      return compiler
          .getTask(
              ignored,
              sources,
              null,
              List.of("-proc:none", "--release", "17", "-cp", classPath, "-d", "" + directory),
              null,
              sources.getJavaFileObjects(source))
          .call();
    }
  }

  /** The libraries without their versions. A change that adds one says what needs it. */
  @Test
  @DisplayName("The WAR has only the libraries that it uses")
  void librariesOfTheWar() throws IOException {
    Set<String> libraries;
    try (JarFile war = new JarFile(BuiltJars.war().toFile())) {
      libraries =
          war.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.startsWith("WEB-INF/lib/") && name.endsWith(".jar"))
              .map(name -> name.replaceFirst("WEB-INF/lib/(.*?)-[0-9].*", "$1"))
              .collect(Collectors.toSet());
    }
    assertThat(libraries)
        .containsExactlyInAnyOrder(
            "HikariCP",
            "antlr4-runtime",
            "bcprov-lts8on",
            "byte-buddy",
            "caffeine",
            "classmate",
            "core",
            "flyway-core",
            "flyway-database-cockroachdb",
            "flyway-database-postgresql",
            "hibernate-commons-annotations",
            "hibernate-community-dialects",
            "hibernate-core",
            "jakarta.persistence-api",
            "jakarta.xml.bind-api",
            "jandex",
            "jboss-logging",
            "jnats",
            "libphonenumber",
            "postgresql",
            "slf4j-api",
            "slf4j-jdk14",
            "snakeyaml",
            "sqlite-jdbc",
            "zerodep-web-push-java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "aarch64"})
  @DisplayName("The WAR and the command line have SQLite for Linux on both processors")
  void nativeLibraries(String processor) throws IOException {
    String glibc = "org/sqlite/native/Linux/" + processor + "/libsqlitejdbc.so";
    String musl = "org/sqlite/native/Linux-Musl/" + processor + "/libsqlitejdbc.so";
    assertThat(files("cli")).contains(glibc, musl);
    Path sqlite = directory.resolve("sqlite.jar");
    try (JarFile war = new JarFile(BuiltJars.war().toFile())) {
      ZipEntry entry =
          war.stream()
              .filter(one -> one.getName().startsWith("WEB-INF/lib/sqlite-jdbc-"))
              .findFirst()
              .orElseThrow();
      Files.copy(war.getInputStream(entry), sqlite);
    }
    try (JarFile jar = new JarFile(sqlite.toFile())) {
      assertThat(jar.getEntry(glibc)).isNotNull();
      assertThat(jar.getEntry(musl)).isNotNull();
    }
  }

  /** Source jars are built by the profile {@code release} only, which CI uses. */
  @ParameterizedTest
  @EnabledIfSystemProperty(named = "jar.descriptors", matches = "src/assembly/jars")
  @ValueSource(strings = {"module", "api", "testkit"})
  @DisplayName("Every class has its source in the sources jar")
  void sources(String classifier) throws IOException {
    Set<String> sources = files(classifier + "-sources");
    assertThat(files(classifier))
        .filteredOn(name -> name.matches("[^$]+\\.class"))
        .isNotEmpty()
        .allMatch(name -> sources.contains(name.replaceFirst("class$", "java")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nexo-pairing-module", "nexo-pairing-api", "nexo-pairing-bom"})
  @DisplayName("The POMs have no parent, and every version is filled in")
  void poms(String artifact) throws IOException {
    assertThat(Files.readString(BuiltJars.pom(artifact)))
        .contains("<artifactId>" + artifact + "</artifactId>")
        .containsPattern(
            "</artifactId>\\s*<version>" + Pattern.quote(BuiltJars.version()) + "</version>")
        .contains("Apache-2.0 OR MIT")
        .doesNotContain("${", "<parent>", "<build>", "<repositories>", "slf4j-jdk14");
  }
}
