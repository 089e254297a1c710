package dev.nexo.pairing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Runnable jar")
class RunnableJarTest {

  @TempDir Path directory;

  private Path jar(String... names) throws IOException {
    Path jar = directory.resolve("a.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : names) {
        out.putNextEntry(new JarEntry(name));
        out.write(1);
      }
    }
    return jar;
  }

  @Test
  @DisplayName("The program is unpacked once, for its owner only")
  void unpacksOnce() throws IOException {
    Path jar = jar("program/bin/nexo-pairing", "program/lib/server.xml", "dev/Other.class");
    Path programs = directory.resolve("programs");
    Path program = RunnableJar.unpacked(jar, programs);
    assertThat(program.resolve("lib/server.xml")).exists();
    assertThat(program.resolve("bin/nexo-pairing")).isExecutable();
    assertThat(program.resolve("dev")).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(programs)))
        .isEqualTo("rwx------");
    FileTime first = Files.getLastModifiedTime(program);
    assertThat(RunnableJar.unpacked(jar, programs)).isEqualTo(program);
    assertThat(Files.getLastModifiedTime(program)).isEqualTo(first);
    try (var all = Files.list(programs)) {
      assertThat(all).containsExactly(program);
    }
  }

  @Test
  @DisplayName("A damaged jar writes nothing outside the program's directory")
  void traversal() throws IOException {
    Path jar = jar("program/../../evil");
    assertThatThrownBy(() -> RunnableJar.unpacked(jar, directory.resolve("programs")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
    assertThat(directory.resolve("evil")).doesNotExist();
  }

  @Test
  @DisplayName("The server ends when the process of the jar is killed")
  void killed() throws IOException {
    Path program = Files.createDirectories(directory.resolve("bin"));
    Files.writeString(
        program.resolve("nexo-pairing"), "echo $$ >\"$1\"; exec sleep 600", StandardCharsets.UTF_8);
    Path id = directory.resolve("id");
    Process launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                directory.toString(),
                id.toString())
            .inheritIO()
            .start();
    try {
      await().until(() -> Files.exists(id) && Files.readString(id).endsWith("\n"));
      ProcessHandle server =
          ProcessHandle.of(Long.parseLong(Files.readString(id).trim())).orElseThrow();
      launcher.destroyForcibly();
      await().until(() -> !server.isAlive());
    } finally {
      launcher.destroyForcibly();
    }
  }

  /** Runs the script in the directory that the first argument names. */
  static final class Launcher {
    private Launcher() {}

    /** Arguments: the directory of the program, and the file for the script's process id. */
    public static void main(String[] arguments) throws Exception {
      RunnableJar.run(Path.of(arguments[0]), new String[] {arguments[1]});
    }
  }

  @ParameterizedTest(name = "HTTP_HOST={0}")
  @CsvSource({
    "'',127.0.0.1",
    "*,127.0.0.1",
    "0.0.0.0,127.0.0.1",
    "::,127.0.0.1",
    "::1,[::1]",
    "10.0.0.5,10.0.0.5"
  })
  @DisplayName("The readiness check asks an address on which the server listens")
  void readyAddress(String host, String asked) {
    assertThat(ReadyMain.health(Map.of("HTTP_HOST", host, "HTTP_PORT", "9081")))
        .hasToString("http://" + asked + ":9081/health/ready");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"-1", "3601", "soon"})
  @DisplayName("A wrong number of seconds is an error")
  void readySeconds(String seconds) throws InterruptedException {
    assertThat(ReadyMain.run(new String[] {seconds}, Map.of())).isEqualTo(2);
  }

  @Test
  @DisplayName("A server that does not answer is not ready")
  void notReady() throws InterruptedException {
    assertThat(ReadyMain.run(new String[] {"0"}, Map.of("HTTP_PORT", "1"))).isEqualTo(1);
  }

  @Test
  @DisplayName("The readiness check ends when the server has ended")
  void ended() throws Exception {
    Process server = new ProcessBuilder("true").start();
    server.waitFor();
    assertThat(
            ReadyMain.run(
                new String[] {"3600"},
                Map.of("HTTP_PORT", "1", "MAINPID", Long.toString(server.pid()))))
        .isEqualTo(1);
  }
}
