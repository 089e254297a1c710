package dev.nexo.pairing.setupcode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nexo.pairing.config.GatewaySettings;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.Finding.Level;
import dev.nexo.pairing.testing.Certificates;
import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Public URL check of the doctor")
class PublicUrlCheckTest {

  private static final String SECRET = "hunter2";

  @TempDir Path home;
  private final MovableClock clock = new MovableClock();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicReference<String> asked = new AtomicReference<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.set(exchange.getRequestURI().toString());
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private String here() {
    return "ws://127.0.0.1:" + server.getAddress().getPort();
  }

  private List<Finding> examined(String configured, String tunnel) {
    GatewaySettings settings =
        new GatewaySettings(
            Optional.ofNullable(configured), Optional.ofNullable(tunnel), file(), List.of());
    GatewayUrlResolver urls =
        new GatewayUrlResolver(
            settings,
            GatewayUrlResolverTest.policies(List.of()),
            GatewayUrlResolverTest.store(List.of()));
    return new PublicUrlCheck(urls, settings, new PublicUrlProbe(threads), clock).examine();
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  /** What a server does with a connection before it closes it. */
  @FunctionalInterface
  private interface Behavior {
    void use(Socket connection) throws IOException;
  }

  /** Accepts one connection after the other in the background: the client may try again. */
  private void accept(ServerSocket listener, Behavior behavior) {
    threads.execute(
        () -> {
          while (!listener.isClosed()) {
            try (Socket connection = listener.accept()) {
              behavior.use(connection);
            } catch (IOException e) {
              // The probe has closed the connection, or the test the listener.
            }
          }
        });
  }

  private Finding overTls(ServerSocket listener) {
    Finding found = examined("wss://127.0.0.1:" + listener.getLocalPort(), null).get(1);
    assertThat(found.level()).isEqualTo(Level.WARNING);
    return found;
  }

  private Path file() {
    return home.resolve("tunnel.url");
  }

  private static List<String> words(List<Finding> findings) {
    return findings.stream().map(f -> f.check() + " " + f.level().wireName()).toList();
  }

  @Test
  @DisplayName("The finding names the source in use and that the server answers")
  void reachable() {
    List<Finding> found = examined(here() + "/base/pair?key=" + SECRET, null);
    assertThat(words(found)).containsExactly("public_url ok", "public_url_reachable ok");
    assertThat(found.get(0).text()).contains(here() + "/base/pair?… (pairing.public_url)");
    assertThat(asked.get()).as("beside /pair").isEqualTo("/base/health/started");
  }

  @ParameterizedTest
  @CsvSource({"404,OK", "302,OK", "500,WARNING", "502,WARNING"})
  @DisplayName("A proxy error is a warning, and no redirect is followed")
  void proxyErrors(int answer, Level level) {
    status.set(answer);
    Finding found = examined(here(), null).get(1);
    assertThat(found.level()).isEqualTo(level);
    assertThat(found.text()).contains("HTTP " + answer);
  }

  @Test
  @DisplayName("An address where nothing listens is a warning")
  void nobodyListens() throws IOException {
    server.stop(0);
    Finding found = examined(here(), null).get(1);
    assertThat(found.level()).isEqualTo(Level.WARNING);
    assertThat(found.text()).contains("cannot be reached from this server (ConnectException)");
  }

  @Test
  @DisplayName("A server that accepts and never answers is waited for 3 s")
  void silentServer() throws IOException {
    try (ServerSocket silent = listener()) {
      long before = System.nanoTime();
      Finding found = examined("ws://127.0.0.1:" + silent.getLocalPort(), null).get(1);
      assertThat(found.level()).isEqualTo(Level.WARNING);
      assertThat(found.text()).contains("cannot be reached", "(no answer within 3 s)");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  @DisplayName("A server that answers the TLS hello in plain text speaks no TLS")
  void plainTextAnswer() throws IOException {
    try (ServerSocket plain = listener()) {
      accept(
          plain,
          connection -> {
            connection.getInputStream().read();
            connection
                .getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().readAllBytes();
          });
      Finding found = overTls(plain);
      assertThat(found.text()).contains("begins with wss://", "does not use TLS");
      assertThat(found.remedy()).contains("enable TLS");
    }
  }

  @Test
  @DisplayName("A server that never answers the TLS hello accepts connections")
  void noAnswerToTheHello() throws IOException {
    try (ServerSocket silent = listener()) {
      long before = System.nanoTime();
      Finding found = overTls(silent);
      assertThat(found.text())
          .contains("accepts connections", "TLS handshake within 2 s", "may use plain HTTP");
      assertThat(found.remedy()).contains("enable TLS");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  @DisplayName("A server that accepts no second connection cannot be reached")
  void noSecondConnection() throws IOException {
    try (ServerSocket listener = listener()) {
      accept(
          listener,
          connection -> {
            listener.close();
            connection.getInputStream().readAllBytes();
          });
      assertThat(overTls(listener).text())
          .contains("cannot be reached", "(no connection within 2 s)");
    }
  }

  @Test
  @DisplayName("A server that closes the connection fails the TLS handshake")
  void closedDuringTheHandshake() throws IOException {
    try (ServerSocket closing = listener()) {
      accept(
          closing,
          connection -> {
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes();
          });
      assertThat(overTls(closing).text())
          .contains("accepts connections, but the TLS handshake fails");
    }
  }

  @Test
  @DisplayName("A TLS alert is neither plain text nor an untrusted certificate")
  void tlsAlert() throws IOException {
    byte[] internalError = {21, 3, 3, 0, 2, 2, 80};
    try (ServerSocket refusing = listener()) {
      accept(
          refusing,
          connection -> {
            connection.getInputStream().read();
            connection.getOutputStream().write(internalError);
            connection.getInputStream().readAllBytes();
          });
      assertThat(overTls(refusing).text()).contains("the TLS handshake fails");
    }
  }

  @Test
  @DisplayName("A certificate of an unknown authority is not trusted")
  @EnabledIf(
      value = "dev.nexo.pairing.testing.Certificates#available",
      disabledReason = "needs openssl")
  void unknownAuthority() throws IOException {
    Certificates certificates = new Certificates(home);
    certificates.certificate("server", "IP:127.0.0.1", "rsa:2048");
    try (ServerSocket tls =
        certificates
            .context("server")
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      accept(tls, connection -> connection.getInputStream().readAllBytes());
      assertThat(overTls(tls).text()).contains("certificate", "is not trusted");
    }
  }

  @Test
  @DisplayName("A host name that DNS does not know cannot be resolved")
  void unknownHostName() {
    // A label has at most 63 characters, so that the resolver refuses this one without a query.
    Finding found = examined("ws://" + "a".repeat(64) + ".local", null).get(1);
    assertThat(found.level()).isEqualTo(Level.WARNING);
    assertThat(found.text()).contains("host name", "cannot be resolved");
    assertThat(found.remedy()).contains("DNS record");
  }

  @Test
  @DisplayName("A refused URL is a fault, and the text does not repeat it")
  void refusedUrl() {
    List<Finding> found = examined("wss://nexo:" + SECRET + "@example.com", null);
    assertThat(words(found)).containsExactly("public_url fault");
    assertThat(found.get(0).text()).contains("pairing.public_url");
    assertThat(found.get(0).remedy()).contains("must not contain a user name or password");
    assertThat(found.toString()).doesNotContain(SECRET);
  }

  @Test
  @DisplayName("A missing URL is a warning")
  void noUrl() {
    List<Finding> found = examined(null, null);
    assertThat(words(found)).containsExactly("public_url warning");
    assertThat(found.get(0).remedy()).contains("PAIRING_PUBLIC_URL");
  }

  @Test
  @DisplayName("A refused tunnel URL is reported even if another source is used")
  void refusedTunnel() {
    String bad = "ftp://" + SECRET;
    assertThat(words(examined(null, bad))).containsExactly("public_url fault");
    List<Finding> found = examined(here(), bad);
    assertThat(words(found))
        .containsExactly("tunnel_url warning", "public_url ok", "public_url_reachable ok");
    assertThat(found.get(0).remedy()).contains("NEXO_TUNNEL_URL must begin with wss://");
    assertThat(found.toString()).doesNotContain(SECRET);
    assertThat(words(examined(here(), here()))).doesNotContain("tunnel_url warning");
  }

  @Test
  @DisplayName("A tunnel file older than a day is a warning if it is used")
  void oldTunnelFile() throws IOException {
    Files.writeString(file(), here());
    Files.setLastModifiedTime(file(), FileTime.from(clock.instant()));
    clock.move(Duration.ofHours(24));
    assertThat(words(examined(null, null)))
        .containsExactly("public_url ok", "tunnel_url ok", "public_url_reachable ok");
    clock.move(Duration.ofSeconds(1));
    List<Finding> found = examined(null, null);
    assertThat(words(found)).contains("tunnel_url warning");
    assertThat(found.get(1).text()).contains("24 hours ago");
    assertThat(words(examined(here(), null))).doesNotContain("tunnel_url warning");
  }
}
