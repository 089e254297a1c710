package dev.nexo.pairing.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.config.BrokerSettings;
import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import io.nats.client.NKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways NATS users log in. */
@DisplayName("Login to NATS")
@NeedsProgram("nats-server")
class LoginOverNatsTest {

  @TempDir Path directory;

  private static BrokerSettings settings(
      String url, String user, String password, String token, Path seed, Path credentials) {
    return new BrokerSettings(
        Optional.of(url),
        Optional.ofNullable(user),
        Optional.ofNullable(password),
        Optional.ofNullable(token),
        Optional.ofNullable(seed),
        Optional.ofNullable(credentials),
        ChannelWorld.NO_TLS);
  }

  private static void connects(BrokerSettings settings) {
    try (ChannelWorld world = ChannelWorld.builder().nats(settings).start()) {
      Broker broker = world.get(Broker.class);
      await().atMost(Duration.ofSeconds(15)).until(() -> broker.state() == BrokerState.CONNECTED);
      broker.publish("some.subject", new byte[0]);
    }
  }

  @Test
  @DisplayName("A user name and a password log in, also inside the URL")
  void password() {
    try (NatsServer server =
        NatsServer.started("authorization {user: pairing, password: \"se cret\"}")) {
      connects(settings(server.url(), "pairing", "se cret", null, null, null));
      connects(
          settings(
              "nats://pairing:se%20cret@127.0.0.1:" + server.port(), null, null, null, null, null));
    }
  }

  @Test
  @DisplayName("A token logs in")
  void token() {
    try (NatsServer server = NatsServer.started("authorization {token: \"t0ken\"}")) {
      connects(settings(server.url(), null, null, "t0ken", null, null));
    }
  }

  @Test
  @DisplayName("An NKey seed file logs in")
  void nkey() throws Exception {
    NKey key = NKey.createUser(null);
    Path seed = directory.resolve("pairing.nk");
    Files.writeString(seed, "# made for a test\n" + new String(key.getSeed()) + "\n");
    try (NatsServer server =
        NatsServer.started(
            "authorization {users: [{nkey: " + new String(key.getPublicKey()) + "}]}")) {
      connects(settings(server.url(), null, null, null, seed, null));
    }
  }

  @Test
  @DisplayName("The client connects to the first server that answers")
  void severalServers() {
    try (NatsServer away = NatsServer.stopped();
        NatsServer server = NatsServer.started()) {
      connects(settings(away.url() + " , " + server.url(), null, null, null, null, null));
    }
  }

  @Test
  @DisplayName("A wrong password is logged once without the password, and retried")
  void wrongPassword() {
    try (LogCapture log = LogCapture.of("dev.nexo.pairing");
        NatsServer server = NatsServer.started("authorization {user: pairing, password: right}");
        ChannelWorld world =
            ChannelWorld.builder()
                .nats("nats://pairing:wr0ng-secret@127.0.0.1:" + server.port())
                .start()) {
      await().atMost(Duration.ofSeconds(15)).until(() -> log.lines("cannot be reached") == 1);
      assertThat(log.text())
          .containsPattern(
              "NATS at 127.0.0.1:" + server.port() + " cannot be reached \\(.*Authorization");
      assertThat(world.get(Broker.class).state()).isEqualTo(BrokerState.NEVER_CONNECTED);
      // Twice the same refusal ends the library's own attempts; ours go on.
      await().during(Duration.ofSeconds(3)).until(() -> log.lines("cannot be reached") == 1);
      assertThat(log.text()).doesNotContain("wr0ng-secret");
    }
  }

  @Test
  @DisplayName("A missing credentials file prevents the start")
  void missingFiles() {
    Path nowhere = directory.resolve("nowhere");
    for (BrokerSettings broken :
        new BrokerSettings[] {
          settings("nats://127.0.0.1:1", null, null, null, nowhere, null),
          settings("nats://127.0.0.1:1", null, null, null, null, nowhere)
        }) {
      assertThatThrownBy(() -> ChannelWorld.builder().nats(broken).start().close())
          .hasStackTraceContaining("_path: cannot read the file " + nowhere);
    }
  }
}
