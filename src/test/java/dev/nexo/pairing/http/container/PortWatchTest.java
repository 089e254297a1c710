package dev.nexo.pairing.http.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nexo.pairing.http.request.SelfProbe;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.MovableTicker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Wait for this application's port")
class PortWatchTest {

  private static final String SECRET = "secret-of-this-process";

  private final MovableTicker ticker = new MovableTicker();
  private final AtomicInteger reachable = new AtomicInteger();
  private final AtomicReference<Optional<ServerAddress.Endpoint>> endpoint =
      new AtomicReference<>(Optional.empty());

  private final ScheduledExecutorService idle = Executors.newScheduledThreadPool(0);
  private final PortWatch watch = new PortWatch(() -> SECRET, idle, ticker, endpoint::get);

  @AfterEach
  void end() {
    idle.shutdownNow();
  }

  private void start(int port) {
    endpoint.set(Optional.of(new ServerAddress.Endpoint("*", port)));
    watch.begin("", reachable::incrementAndGet);
  }

  /** A server that answers each request like this. */
  private static HttpServer server(String kind) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String given = exchange.getRequestHeaders().getFirst(SelfProbe.HEADER);
          boolean ours = kind.equals("this application") && SECRET.equals(given);
          byte[] answer = ours || kind.equals("an error with the body") ? body : new byte[] {'x'};
          exchange.sendResponseHeaders(kind.startsWith("an error") ? 404 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  @DisplayName("This application is reported once, when it answers")
  void answers() throws IOException {
    HttpServer other = server("this application");
    start(freePort());
    watch.check();
    assertThat(reachable).as("nobody listens").hasValue(0);
    endpoint.set(Optional.of(new ServerAddress.Endpoint("*", other.getAddress().getPort())));
    try (LogCapture log = LogCapture.of(PortWatch.class.getName())) {
      watch.check();
      watch.check();
      watch.end();
      assertThat(reachable).hasValue(1);
      assertThat(log.text()).isEmpty();
    } finally {
      other.stop(0);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"another program", "an error with the body", "an error"})
  @DisplayName("Another program at the port is named once, with the remedy")
  void otherProgram(String kind) throws IOException {
    HttpServer other = server(kind);
    try (LogCapture log = LogCapture.of(PortWatch.class.getName())) {
      start(other.getAddress().getPort());
      watch.check();
      assertThat(log.text()).as("this application may still be starting").isEmpty();
      for (int i = 0; i < 3; i++) {
        ticker.move(Duration.ofSeconds(10));
        watch.check();
      }
      watch.end();
      assertThat(log.lines("127.0.0.1:" + other.getAddress().getPort())).isEqualTo(1);
      assertThat(log.text())
          .contains("NXP-0008", "HTTP_PORT=9081", LogFile.path() + " for CWWKO0221E")
          .doesNotContain(SECRET);
      assertThat(reachable).hasValue(0);
    } finally {
      other.stop(0);
    }
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "/a/logs, /b, the script has decided, /a/logs/messages.log",
        "-, /b, only the operator has, /b/messages.log",
        "' ', /b/../c, an empty value, /c/messages.log",
      })
  @DisplayName("The log is in the directory that Open Liberty's script uses")
  void logFile(String script, String operator, String reason, String path) {
    assertThat(LogFile.path(name -> name.equals("X_LOG_DIR") ? script : operator)).isEqualTo(path);
    assertThat(LogFile.path(name -> null))
        .isEqualTo(Path.of("logs/messages.log").toAbsolutePath().toString());
  }

  @Test
  @DisplayName("A program that does not answer is named as well")
  void silentProgram() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LogCapture log = LogCapture.of(PortWatch.class.getName())) {
      start(silent.getLocalPort());
      ticker.move(Duration.ofSeconds(10));
      watch.check();
      watch.end();
      watch.check();
      assertThat(log.lines("NXP-0008")).isEqualTo(1);
      assertThat(reachable).hasValue(0);
    }
  }

  @Test
  @DisplayName("A server that stops before its port opens is no port in use")
  void stopsEarly() throws IOException {
    try (LogCapture log = LogCapture.of(PortWatch.class.getName())) {
      start(freePort());
      for (Duration later : List.of(Duration.ofSeconds(60), Duration.ofMinutes(11))) {
        watch.check();
        ticker.move(later);
      }
      watch.end();
      assertThat(log.text()).isEmpty();
      assertThat(reachable).hasValue(0);
    }
  }

  @Test
  @DisplayName("A server without a known endpoint is treated as reachable")
  void unknownEndpoint() {
    watch.begin("", reachable::incrementAndGet);
    watch.check();
    assertThat(reachable).hasValue(1);
  }
}
