package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The README's main job, its lines run by a shell one after the other. Only the two ports are
 * others, so that the test runs beside whatever runs on this machine.
 */
@DisplayName("The README's main task")
@NeedsProgram("nats-server")
class ReadmeIT {

  private static List<String> commands(String job) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inJob = false;
    boolean inCode = false;
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      if (line.startsWith("<!-- " + job + ":")) {
        inJob = line.contains("begin");
      } else if (line.startsWith("```")) {
        inCode = line.equals("```sh");
      } else if (inJob && inCode) {
        lines.add(line);
      }
    }
    return lines;
  }

  @Test
  @DisplayName("The README's commands, run in a shell, do what the README says")
  void mainJobWorksAsPrinted() throws Exception {
    List<String> lines = commands("main job");
    assertThat(lines).hasSizeGreaterThan(8);
    List<String> setupCode = commands("setup code");
    assertThat(setupCode).hasSize(1);
    try (NatsServer nats = NatsServer.started();
        PackagedServer server =
            new PackagedServer("readme")
                .environment("PAIRING_BROKER_URL", nats.url())
                .environment("PAIRING_PUBLIC_URL", "wss://nexo.example.com")
                .start()) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> server.anyone().get("/health/ready").body().contains("nats: connected"));
      Path home = Files.createDirectories(server.home().resolveSibling("user"));
      Path nexo = home.resolve(".nexo");
      Files.deleteIfExists(nexo);
      Files.createSymbolicLink(nexo, server.home());
      String script =
          String.join("\n", Stream.concat(lines.stream(), setupCode.stream()).toList())
              .replace("9080", Integer.toString(server.port()))
              .replace("4222", Integer.toString(nats.port()));
      Path output = home.resolve("output.txt");
      ProcessBuilder shell = new ProcessBuilder("bash").redirectErrorStream(true);
      shell.environment().put("HOME", home.toString());
      shell.redirectOutput(output.toFile());
      Process process = shell.start();
      try (var typing = process.outputWriter()) {
        typing.write(script);
        typing.write("\n");
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String said = Files.readString(output);
      assertThat(said)
          .containsSubsequence(
              "\"decision\":\"challenge\"",
              "\"delivery\":\"delivered_via_adapter\"",
              "MSG plugin.outbound.whatsapp.default",
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
