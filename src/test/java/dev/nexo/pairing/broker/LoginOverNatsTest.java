package dev.nexo.pairing.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.config.BrokerSettings;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.testing.Certificates;
import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import io.nats.client.NKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways NATS users log in. */
@DisplayName("Login to NATS")
@NeedsProgram("nats-server")
class LoginOverNatsTest {

  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir static Path certificate;
  private static Certificates certificates;

  @TempDir Path directory;

  @BeforeAll
  static void makeCertificates() {
    certificates = new Certificates(certificate);
    certificates.certificate("server", "IP:127.0.0.1,DNS:localhost", "rsa:2048");
  }

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
              "NATS at 127.0.0.1:"
                  + server.port()
                  + " cannot be reached or refuses the login \\(.*Authorization");
      assertThat(world.get(Broker.class).state()).isEqualTo(BrokerState.NEVER_CONNECTED);
      // Twice the same refusal ends the library's own attempts; ours go on.
      await().during(Duration.ofSeconds(3)).until(() -> log.lines("cannot be reached") == 1);
      assertThat(log.text()).doesNotContain("wr0ng-secret");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reasons")
  @DisplayName("After a connection had been up, each reason of a refusal is logged")
  void refusedLater(String what, String configuration, String refused) {
    String open = "authorization {users: [{user: pairing, password: right}]}";
    try (LogCapture log = LogCapture.of("dev.nexo.pairing");
        NatsServer server = NatsServer.started(open);
        ChannelWorld world =
            ChannelWorld.builder()
                .nats(settings(server.url(), "pairing", "right", null, null, null))
                .start()) {
      Broker broker = world.get(Broker.class);
      await().atMost(SOON).until(() -> broker.state() == BrokerState.CONNECTED);
      if (configuration == null) {
        server.kill();
      } else if (configuration.contains("tls")) {
        server.kill();
        server.configure(configuration);
        server.start();
      } else {
        server.configure(configuration);
      }
      await().atMost(SOON).until(() -> log.lines("NXP-0030") >= 1);
      assertThat(log.text()).contains("NXP-0032 ");
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(log.text()).containsPattern("NXP-0030 .*" + refused));
      await().during(Duration.ofSeconds(3)).until(() -> log.lines("NXP-0030") <= 2);
      assertThat(broker.fault().orElseThrow()).containsPattern(refused);
      assertThat(log.text()).doesNotContain("right");

      long lines = log.lines("NXP-0030");
      server.kill();
      if (configuration != null) {
        await().atMost(SOON).until(() -> log.lines("NXP-0030") > lines);
        assertThat(log.text()).containsPattern("NXP-0030 .*Connection refused");
      }
      server.configure(open);
      server.start();
      await().atMost(SOON).until(() -> broker.state() == BrokerState.CONNECTED);
    }
  }

  static Stream<Arguments> reasons() {
    return Stream.of(
        Arguments.of(
            "the password was changed",
            "authorization {users: [{user: pairing, password: other}]}",
            "Authorization Violation"),
        Arguments.of(
            "the user was deleted",
            "authorization {users: [{user: else, password: other}]}",
            "Authorization Violation"),
        Arguments.of(
            "the server requires TLS",
            "tls {cert_file: \"%s\", key_file: \"%s\"}"
                .formatted(certificate.resolve("server.pem"), certificates.key("server")),
            "TLS|SSL|secure"),
        Arguments.of("the server is away", null, "Connection refused"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"publish", "pass", "request"})
  @DisplayName("A message over max_payload says so")
  void maxPayload(String how) {
    try (NatsServer server = NatsServer.started("max_payload: 1000");
        ChannelWorld world = ChannelWorld.builder().nats(server.url()).start()) {
      Broker broker = world.get(Broker.class);
      await().atMost(SOON).until(() -> broker.state() == BrokerState.CONNECTED);
      byte[] body = new byte[1_001];
      assertThatThrownBy(
              () -> {
                switch (how) {
                  case "publish" -> broker.publish("a.b", body);
                  case "pass" -> broker.pass(BusMessage.of("a.b", body));
                  default -> broker.request("a.b", inbox -> body, Duration.ofSeconds(1));
                }
              })
          .isInstanceOf(DeliveryException.class)
          .hasMessageContaining("a.b has 1001 bytes, and NATS accepts at most 1000")
          .hasMessageContaining("max_payload");
      broker.publish("a.b", new byte[1_000]);
    }
  }

  @Test
  @DisplayName("A limit that is lowered while connected is named in the log")
  void maxPayloadLowered() {
    try (LogCapture log = LogCapture.of("dev.nexo.pairing");
        NatsServer server = NatsServer.started("max_payload: 2000");
        ChannelWorld world = ChannelWorld.builder().nats(server.url()).start()) {
      Broker broker = world.get(Broker.class);
      await().atMost(SOON).until(() -> broker.state() == BrokerState.CONNECTED);
      server.configure("max_payload: 1000");
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> broker.publish("a.b", new byte[1_500]))
                      .hasMessageContaining("at most 1000"));
      await().atMost(SOON).until(() -> broker.state() == BrokerState.CONNECTED);
      assertThat(log.lines("NXP-0032")).isLessThanOrEqualTo(1);
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
