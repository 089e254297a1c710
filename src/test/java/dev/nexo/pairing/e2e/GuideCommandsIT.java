package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The commands of the README and the guides, run by a shell one after the other. Only the ports
 * differ, so that the test can run beside other servers.
 */
@DisplayName("Commands of the README and the guides")
class GuideCommandsIT {

  private static final Path GUIDES = Path.of("src/site/markdown");
  private static final Path COMMANDS = Path.of("target", "cli").toAbsolutePath();

  /** The commands between the comments {@code <!-- name: begin -->} and {@code end}. */
  private static List<String> commands(Path document, String name) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inPart = false;
    boolean inCode = false;
    for (String line : Files.readAllLines(document)) {
      if (line.startsWith("<!-- " + name + ":")) {
        inPart = line.contains("begin");
      } else if (line.startsWith("```")) {
        inCode = line.equals("```sh");
      } else if (inPart && inCode) {
        lines.add(line);
      }
    }
    assertThat(lines).as(document + ": " + name).isNotEmpty();
    return lines;
  }

  /** Runs commands in a shell whose home directory is that of the server's operator. */
  private static String output(
      PackagedServer server, List<String> commands, Map<String, Integer> ports) throws Exception {
    Path home = Files.createDirectories(server.home().resolveSibling("user"));
    Path nexo = home.resolve(".nexo");
    Files.deleteIfExists(nexo);
    Files.createSymbolicLink(nexo, server.home());
    String script = String.join("\n", commands).replace("9080", Integer.toString(server.port()));
    for (Map.Entry<String, Integer> port : ports.entrySet()) {
      script = script.replace(port.getKey(), port.getValue().toString());
    }
    Path output = home.resolve("output.txt");
    ProcessBuilder shell = new ProcessBuilder("bash").redirectErrorStream(true);
    shell.environment().put("HOME", home.toString());
    shell.environment().put("NEXO_HOME", server.home().toString());
    shell.environment().put("HTTP_PORT", Integer.toString(server.port()));
    shell.environment().merge("PATH", COMMANDS + File.pathSeparator, (path, first) -> first + path);
    shell.redirectOutput(output.toFile());
    Process process = shell.start();
    try (var typing = process.outputWriter()) {
      typing.write(script);
      typing.write("\n");
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output);
  }

  @Test
  @DisplayName("The commands of the README and of operations do what they promise")
  void readme() throws Exception {
    try (PackagedServer server = new PackagedServer("readme").start()) {
      assertThat(output(server, commands(Path.of("README.md"), "first approval"), Map.of()))
          .containsSubsequence(
              "\"decision\":\"challenge\"",
              "\"sender_id\":\"+15550001111\"",
              "\"code\":\"",
              "nexo pair approve ",
              "\"approved_at\":",
              "\"decision\":\"admit\"");
      List<String> lines = new ArrayList<>(List.of("cd"));
      lines.addAll(commands(GUIDES.resolve("operations.md"), "operations"));
      assertThat(output(server, lines, Map.of()))
          .containsSubsequence(
              "Backed up ",
              "Restored ",
              "\"status\":\"UP\"",
              "nexo-pairing ",
              "database: A write to the database takes ",
              "approved    whatsapp:default:+15550001111");
    }
  }

  @Test
  @NeedsProgram("nats-server")
  @DisplayName("The guides' commands challenge over NATS and show a setup code")
  void guides() throws Exception {
    List<String> lines = commands(GUIDES.resolve("channels.md"), "main job");
    lines.addAll(commands(GUIDES.resolve("companions.md"), "setup code"));
    try (NatsServer nats = NatsServer.started();
        PackagedServer server =
            new PackagedServer("guides")
                .environment("PAIRING_BROKER_URL", nats.url())
                .environment("PAIRING_PUBLIC_URL", "wss://nexo.example.com")
                .start()) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> server.anyone().get("/health/ready").body().contains("nats: connected"));
      assertThat(output(server, lines, Map.of("4222", nats.port())))
          .containsSubsequence(
              "\"decision\":\"challenge\"",
              "\"delivery\":\"delivered_via_adapter\"",
              "MSG plugin.outbound.whatsapp ",
              "\"source\":\"core.pairing\"",
              "nexo pair approve ",
              "\"pending\":[{\"request_id\"",
              "\"approved_at\":",
              "\"decision\":\"admit\"",
              "{\"revoked\":1}",
              "\"decision\":\"challenge\"",
              "\u001b[",
              "▀");
    }
  }
}
