package dev.nexo.pairing.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.config.BrokerSettings;
import dev.nexo.pairing.testing.Certificates;
import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NeedsProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** TLS with PEM files, as NATS users have them. */
@DisplayName("TLS to NATS")
@NeedsProgram("nats-server")
@EnabledIf(
    value = "dev.nexo.pairing.testing.Certificates#available",
    disabledReason = "needs openssl")
class TlsOverNatsTest {

  @TempDir static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void makeCertificates() {
    certificates = new Certificates(directory);
    certificates.certificate("server", "IP:127.0.0.1,DNS:localhost", "rsa:2048");
    certificates.certificate("elsewhere", "DNS:elsewhere.example", "rsa:2048");
    certificates.certificate("client", "DNS:pairing", "rsa:2048");
    certificates.certificate("client-ec", "DNS:pairing", "ec -pkeyopt ec_paramgen_curve:P-256");
  }

  private static NatsServer server(String name, String more) {
    return NatsServer.started(
        "tls {cert_file: \"%s\", key_file: \"%s\", ca_file: \"%s\" %s}"
            .formatted(
                directory.resolve(name + ".pem"),
                certificates.key(name),
                certificates.authority(),
                more));
  }

  private static BrokerSettings settings(String url, Path ca, String client) {
    Optional<Path> cert = Optional.ofNullable(client).map(name -> directory.resolve(name + ".pem"));
    return new BrokerSettings(
        Optional.of(url),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new BrokerSettings.Tls(
            Optional.ofNullable(ca), cert, Optional.ofNullable(client).map(certificates::key)));
  }

  private static void connects(BrokerSettings settings) {
    try (ChannelWorld world = ChannelWorld.builder().nats(settings).start()) {
      Broker broker = world.get(Broker.class);
      await().atMost(Duration.ofSeconds(15)).until(() -> broker.state() == BrokerState.CONNECTED);
      broker.publish("some.subject", new byte[10]);
    }
  }

  private static void isRefused(BrokerSettings settings) {
    try (LogCapture log = LogCapture.of("dev.nexo.pairing");
        ChannelWorld world = ChannelWorld.builder().nats(settings).start()) {
      await().atMost(Duration.ofSeconds(15)).until(() -> log.lines("cannot be reached") == 1);
      await()
          .during(Duration.ofSeconds(2))
          .until(() -> world.get(Broker.class).state() == BrokerState.NEVER_CONNECTED);
    }
  }

  @Test
  @DisplayName("The certificate of the authority is enough to connect")
  void authority() {
    try (NatsServer server = server("server", "")) {
      connects(settings("tls://127.0.0.1:" + server.port(), certificates.authority(), null));
      connects(settings("nats://localhost:" + server.port(), certificates.authority(), null));
    }
  }

  @Test
  @DisplayName("A client certificate connects to a server that requires one")
  void clientCertificate() {
    try (NatsServer server = server("server", ", verify: true")) {
      String url = "tls://127.0.0.1:" + server.port();
      connects(settings(url, certificates.authority(), "client"));
      connects(settings(url, certificates.authority(), "client-ec"));
      isRefused(settings(url, certificates.authority(), null));
    }
  }

  @Test
  @DisplayName("A server certificate of another authority is not trusted")
  void otherAuthority() {
    try (NatsServer server = server("server", "")) {
      isRefused(settings("tls://127.0.0.1:" + server.port(), null, null));
    }
  }

  @Test
  @DisplayName("A server certificate for another host name is not trusted")
  void otherHostName() {
    try (NatsServer server = server("elsewhere", "")) {
      isRefused(settings("tls://127.0.0.1:" + server.port(), certificates.authority(), null));
      isRefused(settings("tls://localhost:" + server.port(), certificates.authority(), null));
    }
  }

  @Test
  @DisplayName("A tls:// URL never falls back to plain text")
  void plainServer() {
    try (NatsServer server = NatsServer.started()) {
      isRefused(settings("tls://127.0.0.1:" + server.port(), certificates.authority(), null));
    }
  }

  @Test
  @DisplayName("A key that does not match the certificate prevents the start")
  void mismatchedKey() {
    BrokerSettings.Tls mixed =
        new BrokerSettings.Tls(
            Optional.empty(),
            Optional.of(directory.resolve("client-ec.pem")),
            Optional.of(certificates.key("client")));
    BrokerSettings settings =
        new BrokerSettings(
            Optional.of("tls://127.0.0.1:1"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            mixed);
    assertThatThrownBy(() -> ChannelWorld.builder().nats(settings).start().close())
        .hasStackTraceContaining(
            "pairing.broker.tls.key_path: expected the key of the certificate");
    assertThat(settings.toString()).doesNotContain("key");
  }
}
