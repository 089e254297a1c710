package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.testing.EventTap;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.RawHttp;
import dev.nexo.pairing.testing.ReverseProxy;
import dev.nexo.pairing.testing.ServerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The tasks of a reverse proxy, with nginx and HAProxy as configured in the guides. */
@DisplayName("Reverse proxies nginx and HAProxy")
@NeedsProgram({"nginx", "haproxy"})
class ReverseProxyIT {

  private static final Path GUIDE = Path.of("src/site/markdown/operations.md");
  private static final String LOGIN = "POST /api/v1/login HTTP/1.1\r\nHost: x\r\n";
  private static final String JSON = "Content-Type: application/json\r\nConnection: close\r\n";
  private static final String BODY = "{\"password\":\"x\"}";
  private static final String CHUNKS = "\r\n10\r\n" + BODY + "\r\n0\r\n\r\n";
  private static final int IDLE = 100;
  private static final int PER_ADDRESS = 64;

  private static PackagedServer server;
  private static Map<String, ReverseProxy> proxies;

  @BeforeAll
  static void start() {
    server =
        new PackagedServer("reverse-proxy")
            .environment("PAIRING_TRUSTED_PROXIES", "127.0.0.1")
            .start();
    proxies =
        Map.of(
            "nginx", ReverseProxy.nginxSite(server.port(), guide("nginx")),
            "HAProxy", ReverseProxy.haproxy(server.port(), guide("haproxy")));
  }

  @AfterAll
  static void stop() {
    if (proxies != null) {
      proxies.values().forEach(ReverseProxy::close);
    }
    server.close();
  }

  /** The configuration of a proxy in the guide. */
  private static String guide(String proxy) {
    try {
      Matcher block =
          Pattern.compile("(?s)```" + proxy + "\n(.*?)```").matcher(Files.readString(GUIDE));
      assertThat(block.find()).as(proxy).isTrue();
      return block.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("No proxy passes on a length that the server would read differently")
  void framing() {
    String[][] rows = {
      // the fault, the rest of the request
      {"a blank in front of the colon", "Transfer-Encoding : chunked\r\n" + CHUNKS},
      {"a blank in front of a length", "Content-Length : 16\r\n\r\n" + BODY},
      {"two lengths", "Content-Length: 16\r\nContent-Length: 2\r\n\r\n" + BODY},
      {"a signed length", "Content-Length: +16\r\n\r\n" + BODY},
    };
    proxies.forEach(
        (name, proxy) -> {
          for (String[] row : rows) {
            assertThat(new RawHttp(proxy.port()).send(LOGIN + JSON + row[1]).text())
                .as(name + ": " + row[0])
                .startsWith("HTTP/1.1 400 ");
          }
        });
  }

  @Test
  @DisplayName("A request that a proxy repairs is one request to the server")
  void repaired() {
    String[] rows = {
      "Content-Length: 16\r\nTransfer-Encoding: chunked\r\n" + CHUNKS,
      "Content-Length: 16\r\nContent-Length: 16\r\n\r\n" + BODY,
      "X-A: b\nX-C: d\r\nContent-Length: 16\r\n\r\n" + BODY,
    };
    proxies.forEach(
        (name, proxy) -> {
          for (String row : rows) {
            String answer = new RawHttp(proxy.port()).send(LOGIN + JSON + row).text();
            assertThat(answer.split("HTTP/1.1 ")).as(name + ": " + row).hasSize(2);
            assertThat(answer).startsWith("HTTP/1.1 4");
          }
        });
  }

  @Test
  @DisplayName("Forged forwarding headers lock only the address of their sender")
  void forged() {
    proxies.forEach(
        (name, proxy) -> {
          String caller = name.equals("nginx") ? "127.0.0.5" : "127.0.0.6";
          for (int i = 0; i < AttemptLimiter.MAX_FAILURES; i++) {
            assertThat(login(proxy, caller).status()).as(name).isEqualTo(401);
          }
          assertThat(login(proxy, caller).status()).as(name).isEqualTo(429);
          assertThat(login(proxy, "127.0.0.7").status()).as(name).isEqualTo(401);
        });
  }

  private static RawHttp.Answer login(ReverseProxy proxy, String from) {
    String forged = "Forwarded: for=127.0.0.7\r\nX-Forwarded-For: 127.0.0.7\r\n";
    try (Socket socket = connect(proxy, from)) {
      String request = LOGIN + JSON + forged + "Content-Length: 16\r\n\r\n" + BODY;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return RawHttp.read(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket connect(ReverseProxy proxy, String from) throws IOException {
    Socket socket = new Socket("127.0.0.1", proxy.port(), InetAddress.getByName(from), 0);
    socket.setSoTimeout(20_000);
    return socket;
  }

  @Test
  @DisplayName("WebSockets and event streams pass every proxy")
  void streams() {
    proxies.forEach(
        (name, proxy) -> {
          assertThat(upgraded(proxy)).as(name).startsWith("HTTP/1.1 101 ");
          try (EventTap events =
              ServerClient.operator(proxy.port(), server.operatorPassword()).listen()) {
            String account = name.toLowerCase(Locale.ROOT);
            String message =
                "{\"channel\":\"x\",\"account_id\":\"%s\",\"sender_id\":\"ana\",\"deliver\":false}";
            assertThat(server.operator().post("/inbound", message.formatted(account)).status())
                .isEqualTo(200);
            await().atMost(Duration.ofSeconds(20)).until(() -> !events.events("pending").isEmpty());
          }
        });
  }

  private static String upgraded(ReverseProxy proxy) {
    try (Socket socket = connect(proxy, "127.0.0.1")) {
      String request =
          "GET /pair HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 101 ".length());
      return new String(start, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("HAProxy limits an address to 64 idle connections; others connect")
  void idleConnections() throws IOException {
    ReverseProxy proxy = proxies.get("HAProxy");
    List<Socket> idle = new ArrayList<>();
    try {
      int refused = 0;
      for (int i = 0; i < IDLE; i++) {
        try {
          idle.add(connect(proxy, "127.0.0.8"));
        } catch (IOException e) {
          refused++;
        }
      }
      assertThat(refused + closed(idle)).isEqualTo(IDLE - PER_ADDRESS);
      assertThat(login(proxy, "127.0.0.9").status()).isEqualTo(401);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  private static int closed(List<Socket> sockets) throws IOException {
    int closed = 0;
    for (Socket socket : sockets) {
      socket.setSoTimeout(10);
      try {
        if (socket.getInputStream().read() < 0) {
          closed++;
        }
      } catch (SocketTimeoutException e) {
        // The connection is open.
      } catch (IOException e) {
        closed++;
      }
    }
    return closed;
  }
}
