package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.e2e.discord.SecondWhatsAppAdapter;
import dev.nexo.pairing.testing.PackagedServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The packaged server with a second adapter for one channel in its WAR. */
@DisplayName("Two adapters for one channel")
class TwoAdaptersIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private PackagedServer server;

  @BeforeEach
  void addAnAdapter() throws IOException {
    server = new PackagedServer("two-adapters");
    String name = SecondWhatsAppAdapter.class.getName().replace('.', '/') + ".class";
    try (FileSystem war =
            FileSystems.newFileSystem(server.serverDirectory().resolve("apps/nexo-pairing.war"));
        InputStream bytes = SecondWhatsAppAdapter.class.getResourceAsStream("/" + name)) {
      Path target = war.getPath("WEB-INF/classes", name);
      Files.createDirectories(target.getParent());
      Files.copy(bytes, target);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("Two adapters for one channel prevent the start and are named")
  void twoAdaptersForOneChannel() {
    server.launch();
    await("refusal")
        .atMost(PATIENCE)
        .until(() -> server.console().contains("CWWKZ0012I: The application nexo-pairing was not"));
    assertThat(server.console().lines())
        .filteredOn(line -> line.startsWith("[ERROR   ] NXP-0005 "))
        .singleElement()
        .asString()
        .contains(
            "The channel whatsapp has two adapters",
            "dev.nexo.pairing.channel.whatsapp.WhatsAppAdapter",
            SecondWhatsAppAdapter.class.getName());
    server.awaitAnswer();
    assertThat(server.anyone().status("/health/ready")).isEqualTo(Optional.of(503));
    assertThat(server.anyone().status("/api/v1/pending")).isEqualTo(Optional.of(404));
  }
}
