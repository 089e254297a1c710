package dev.nexo.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nexo.pairing.testing.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Version, changelog and licence texts of a release")
class ReleaseTest {

  private static final String SNAPSHOT = "-SNAPSHOT";
  private static final Path POM = Path.of("pom.xml");
  private static final Path SITE = Path.of("src", "site");
  private static final Path CHANGELOG = SITE.resolve(Path.of("markdown", "changelog.md"));
  private static final Path COMMAND = Path.of(".ci", "release");
  private static final Pattern PROJECT_VERSION =
      Pattern.compile(
          "(?:<artifactId>nexo-pairing[\\w-]*</artifactId>\\s*<version>|<nexo-pairing\\.version>)"
              + "([^<$]+)<");
  private static final Pattern RELEASE = Pattern.compile("(?m)^## \\[(.+)] - (.+)$");
  private static final Pattern GROUP = Pattern.compile("(?m)^### (.+)$");

  private static String version(Path directory) throws IOException {
    Matcher version = PROJECT_VERSION.matcher(Files.readString(directory.resolve(POM)));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  private static MatchResult newest(String changelog) {
    Matcher release = RELEASE.matcher(changelog);
    assertThat(release.find()).isTrue();
    return release.toMatchResult();
  }

  @Test
  @DisplayName("The changelog begins with the project's version, and a release has a date")
  void newestVersion() throws IOException {
    String version = version(Path.of(""));
    MatchResult newest = newest(Files.readString(CHANGELOG));
    assertThat(newest.group(1)).isEqualTo(version.replace(SNAPSHOT, ""));
    if (version.endsWith(SNAPSHOT)) {
      assertThat(newest.group(2)).isEqualTo("Unreleased");
    } else {
      assertThat(LocalDate.parse(newest.group(2))).isAfter(LocalDate.EPOCH);
    }
  }

  @Test
  @DisplayName("The changelog has the groups of Keep a Changelog, each once in a version")
  void groups() throws IOException {
    for (String release : Files.readString(CHANGELOG).split("(?m)^## ")) {
      assertThat(GROUP.matcher(release).results().map(group -> group.group(1)))
          .doesNotHaveDuplicates()
          .isSubsetOf("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security");
    }
  }

  @Test
  @DisplayName("The examples of the guides name the project's version")
  void examples() throws IOException {
    List<String> versions = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SITE)) {
      for (Path file : files.filter(each -> each.toString().matches(".*\\.(md|xml)")).toList()) {
        PROJECT_VERSION
            .matcher(Files.readString(file))
            .results()
            .forEach(
                example -> {
                  versions.add(example.group(1));
                });
      }
    }
    assertThat(versions).isNotEmpty().containsOnly(version(Path.of("")));
  }

  @Test
  @DisplayName("The licence texts of the repository are those in the jars")
  void licences() {
    for (String name : List.of("LICENSE-APACHE", "LICENSE-MIT")) {
      assertThat(Path.of(".github", name))
          .hasSameBinaryContentAs(Path.of("src", "main", "resources", "META-INF", name));
    }
  }

  @Test
  @NeedsProgram({"bash", "git"})
  @DisplayName("The release command tags the version, and begins the next one")
  void command(@TempDir Path clone) throws Exception {
    String snapshot = version(Path.of(""));
    assumeTrue(snapshot.endsWith(SNAPSHOT), "This is a released version.");
    String version = snapshot.replace(SNAPSHOT, "");
    Path guide = SITE.resolve(Path.of("markdown", "embedding.md"));
    Path sample = SITE.resolve(Path.of("samples", "bot", "pom.xml"));
    for (Path file : List.of(POM, COMMAND, CHANGELOG, guide, sample)) {
      Files.createDirectories(clone.resolve(file).getParent());
      Files.copy(file, clone.resolve(file));
    }
    run(clone, "git", "init", "-q");
    run(clone, "git", "add", ".");
    run(clone, "git", "commit", "-q", "-m", "Begin");
    run(clone, "bash", COMMAND.toString(), version, "999.0.0");

    assertThat(version(clone)).isEqualTo("999.0.0-SNAPSHOT");
    assertThat(Files.readString(clone.resolve(guide))).contains("<version>999.0.0-SNAPSHOT<");
    String changelog = Files.readString(clone.resolve(CHANGELOG));
    assertThat(newest(changelog).group()).isEqualTo("## [999.0.0] - Unreleased");
    String released = changelog.substring(newest(changelog).end());
    assertThat(newest(released).group(1)).isEqualTo(version);
    assertThat(LocalDate.parse(newest(released).group(2)))
        .isBetween(LocalDate.now(ZoneOffset.UTC).minusDays(1), LocalDate.now(ZoneOffset.UTC));

    run(clone, "git", "checkout", "-q", "v" + version);
    assertThat(version(clone)).isEqualTo(version);
    assertThat(Files.readString(clone.resolve(guide)))
        .contains("<version>" + version + "<")
        .doesNotContain(SNAPSHOT);
    assertThat(Files.readString(clone.resolve(sample)))
        .contains(">" + version + "<")
        .doesNotContain(SNAPSHOT);
  }

  private static void run(Path directory, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    for (String person : List.of("AUTHOR", "COMMITTER")) {
      builder.environment().put("GIT_" + person + "_NAME", "test");
      builder.environment().put("GIT_" + person + "_EMAIL", "test@example.com");
    }
    Path output = directory.resolveSibling(directory.getFileName() + ".log");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }
}
