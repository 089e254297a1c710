package dev.nexo.pairing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which class archive the script gives to Java; Java itself is one that says what it was given. */
@DisplayName("Start script of the command line")
class ScriptTest {

  /** Makes what the real one would make, all of it empty. */
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        case $1,$word in
          *,-XX:DumpLoadedClassList=*) : >"${word#*=}" ;;
          -Xshare:dump,-XX:SharedArchiveFile=*) : >"${word#*=}" ;;
        esac
      done
      echo "$@"
      """;

  private static final int NOBODY = 65_534;

  @TempDir Path directory;
  private Path script;

  @BeforeEach
  void make() throws IOException {
    script = directory.resolve("nexo-pair");
    Files.copy(Path.of("src/main/scripts/nexo-pair"), script);
    Files.createFile(directory.resolve("nexo-pairing-cli.jar"));
    Path java = directory.resolve("java/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(directory.resolve("java/release"), "JAVA_RUNTIME_VERSION=\"17\"\n");
  }

  /** The script creates an archive in the background, in a directory that JUnit deletes. */
  @AfterEach
  void awaitBackground() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                ProcessHandle.allProcesses()
                    .map(process -> process.info().commandLine().orElse(""))
                    .noneMatch(command -> command.contains(directory.toString())));
  }

  private String run(String cacheHome) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), "list");
    Path output = Files.createTempFile(directory, "output", ".txt");
    builder.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> variables = builder.environment();
    variables.put("JAVA_HOME", directory.resolve("java").toString());
    variables.put("HOME", directory.toString());
    variables.put("XDG_CACHE_HOME", cacheHome);
    assertThat(builder.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output);
  }

  /** The archive in that cache, once it is there and nobody works at it any more. */
  private static Path archive(Path cache) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> files(cache), files -> files.size() == 1 && Files.isRegularFile(files.get(0)))
        .get(0);
  }

  private static List<Path> files(Path cache) throws IOException {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(cache)) {
      return all.toList();
    }
  }

  @Test
  @DisplayName("A class archive of the same user is used")
  void ownArchive() throws Exception {
    Path home = directory.resolve("cache");
    assertThat(run(home.toString())).doesNotContain("SharedArchiveFile");
    Path archive = archive(home.resolve("nexo-pair"));
    assertThat(run(home.toString())).contains("-XX:SharedArchiveFile=" + archive);
  }

  @Test
  @DisplayName("A class archive of another user is replaced, not used")
  void foreignArchive() throws Exception {
    Path home = directory.resolve("cache");
    run(home.toString());
    Path archive = archive(home.resolve("nexo-pair"));
    giveAway(archive);
    assertThat(run(home.toString())).contains("list").doesNotContain("SharedArchiveFile");
    // It is created again for the next run.
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !Files.getAttribute(archive, "unix:uid").equals(NOBODY));
    assertThat(archive(home.resolve("nexo-pair"))).isEqualTo(archive);
  }

  @Test
  @DisplayName("A cache directory of another user is not used")
  void foreignCache() throws Exception {
    Path home = directory.resolve("cache");
    run(home.toString());
    archive(home.resolve("nexo-pair"));
    giveAway(home.resolve("nexo-pair"));
    assertThat(run(home.toString())).contains("list").doesNotContain("SharedArchiveFile");
  }

  private static void giveAway(Path path) throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
    Files.setAttribute(path, "unix:uid", NOBODY);
  }

  @Test
  @DisplayName("A relative cache directory is ignored")
  void relativeCache() throws Exception {
    run("relative");
    Path archive = archive(directory.resolve(".cache/nexo-pair"));
    assertThat(run("relative")).contains("-XX:SharedArchiveFile=" + archive);
    assertThat(directory.resolve("relative")).doesNotExist();
  }
}
