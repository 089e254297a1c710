package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.RawHttp;
import dev.nexo.pairing.testing.ReverseProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The tasks of a reverse proxy in the security guide, with nginx and HAProxy as configured there.
 */
@DisplayName("Reverse proxies nginx and HAProxy")
@NeedsProgram({"nginx", "haproxy"})
class ReverseProxyIT {

  private static final Path GUIDES = Path.of("src/site/markdown");
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
            "nginx", ReverseProxy.nginx(server.port(), guide("console.md", "nginx")),
            "HAProxy", ReverseProxy.haproxy(server.port(), frontend()));
  }

  @AfterAll
  static void stop() {
    if (proxies != null) {
      proxies.values().forEach(ReverseProxy::close);
    }
    server.close();
  }

  /** The guide's frontend, without its port and backend, which the test replaces. */
  private static String frontend() {
    return guide("security.md", "")
        .lines()
        .filter(line -> !line.matches("\\s*(frontend|bind|default_backend) .*"))
        .collect(Collectors.joining("\n"));
  }

  /** The first block of configuration of a guide. */
  private static String guide(String name, String language) {
    try {
      Matcher block =
          Pattern.compile("(?s)```" + language + "\n(.*?)```")
              .matcher(Files.readString(GUIDES.resolve(name)));
      assertThat(block.find()).as(name).isTrue();
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
