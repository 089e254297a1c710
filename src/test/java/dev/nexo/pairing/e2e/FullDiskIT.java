package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import dev.nexo.pairing.testing.SmallDisk;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The packaged server while the disk of its database is full, and afterwards. */
@DisplayName("Full disk under the packaged server")
class FullDiskIT {

  /** The longest time until readiness shows the state of the disk. */
  private static final Duration AT_ONCE = Duration.ofMillis(2_500);

  @Test
  @DisplayName("A full disk is detected within 2 s, logged once, and recovered from")
  void fullDisk() throws IOException {
    Path directory = Path.of("target", "e2e", "full-disk-mount").toAbsolutePath();
    Files.createDirectories(directory);
    Optional<SmallDisk> mounted = SmallDisk.mount(directory);
    assumeTrue(mounted.isPresent(), "needs the right to mount a file system");
    try (SmallDisk disk = mounted.get();
        PackagedServer server =
            new PackagedServer("full-disk")
                .environment("PAIRING_STORAGE_PATH", directory.resolve("pairing.db").toString())) {
      server.start();
      try (AdmittedSender admitted = new AdmittedSender(server.operator(), Duration.ofSeconds(2))) {
        admitted.start();
        await().until(() -> admitted.answers() > 5);
        disk.fill();
        checkFull(server);
        disk.free();
        await("ready again")
            .atMost(AT_ONCE)
            .until(() -> server.anyone().status("/health/ready").equals(Optional.of(200)));
        assertThat(stranger(server.operator(), 99).getString("decision")).isEqualTo("challenge");
      }
      assertThat(
              server
                  .console()
                  .lines()
                  .filter(line -> line.contains("accepts no changes: the disk is full")))
          .as("lines in the log, however many wrote meanwhile")
          .hasSize(1)
          .allSatisfy(line -> assertThat(line).contains("pairing.db").contains("Free space"));
      assertThat(server.console()).doesNotContain("\tat ");
    }
  }

  private static void checkFull(PackagedServer server) {
    ServerClient operator = server.operator();
    for (int i = 0; i < 20; i++) {
      assertThat(stranger(operator, i).getString("decision")).isIn("drop", "challenge");
    }
    await("not ready")
        .atMost(AT_ONCE)
        .until(() -> server.anyone().status("/health/ready").equals(Optional.of(503)));
    assertThat(stranger(operator, 50).getString("reason")).isEqualTo("storage");
    assertThat(operator.get("/api/v1/doctor").body())
        .contains("disk is full")
        .contains("Free space");
  }

  private static JsonObject stranger(ServerClient operator, int number) {
    return operator.posted(
        "/inbound", from("whatsapp", "full-" + number, "+1555300" + (1_000 + number)));
  }
}
