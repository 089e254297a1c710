package dev.nexo.pairing.ws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.testing.RawWebSocket;
import dev.nexo.pairing.ws.fake.FakePairSessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The handshake on a server, with a client that any program could be. */
@DisplayName("Pairing over WebSocket")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class PairIT {

  private static final String KEY = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

  @Deployment(testable = false)
  static WebArchive archive() {
    return PairArchive.named("pair");
  }

  /** The JDK's own client; it receives frames, and the close as {@code code reason}. */
  private static final class Client implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    Client(String path, String... headers) {
      WebSocket.Builder builder = PairClient.CLIENT.newWebSocketBuilder();
      for (int i = 0; i < headers.length; i += 2) {
        builder.header(headers[i], headers[i + 1]);
      }
      socket =
          builder.buildAsync(URI.create("ws://127.0.0.1:" + PairClient.PORT + path), this).join();
    }

    Client say(String frame) {
      socket.sendText(frame, true).join();
      return this;
    }

    String hear() throws InterruptedException {
      return heard.poll(30, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      heard.add(data.toString());
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      heard.add(code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      heard.add(error.toString());
    }
  }

  @Test
  @DisplayName("A token is exchanged once, and every bad one gets the same answer")
  void firstFrame() throws Exception {
    String refused = "{\"error\":\"The bootstrap token is invalid or expired.\"}";
    String[][] rows = {
      // frame, answer, close
      {PairClient.first("good-a"), "{\"session_token\":\"token-good-a\"}", "1000 paired"},
      {PairClient.first("good-a"), refused, "1008 invalid or expired bootstrap token"},
      {PairClient.first("bad"), refused, "1008 invalid or expired bootstrap token"},
      {
        PairClient.first("storage"),
        "{\"error\":\"Service temporarily unavailable. Try again.\"}",
        "1013 service temporarily unavailable"
      },
      {
        PairClient.first("bug"),
        "{\"error\":\"Internal server error.\"}",
        "1011 internal server error"
      },
      {
        "hello",
        "{\"error\":\"The frame is malformed: it must be one JSON object without duplicate keys, at most 16 levels deep.\"}",
        "1008 malformed frame"
      }
    };
    for (String[] row : rows) {
      Client client = new Client("/pair", "X-Forwarded-For", "192.0.2.10").say(row[0]);
      assertThat(client.hear()).as(row[0]).isEqualTo(row[1]);
      assertThat(client.hear()).as(row[0]).isEqualTo(row[2]);
    }
    assertThat(PairClient.control("failures", "192.0.2.10")).isEqualTo("3");
  }

  @Test
  @DisplayName("A token in the upgrade request is answered without a frame")
  void bearer() throws Exception {
    Client client = new Client("/pair?x=%7B&y", "Authorization", "bearer good.b");
    assertThat(client.hear()).isEqualTo("{\"session_token\":\"token-good.b\"}");
    assertThat(client.hear()).isEqualTo("1000 paired");
    Client wrong =
        new Client("/pair", "Authorization", "Bearer bad.x", "X-Forwarded-For", "192.0.2.11");
    assertThat(wrong.hear())
        .isEqualTo("{\"error\":\"The bootstrap token is invalid or expired.\"}");
    assertThat(wrong.hear()).startsWith("1008 ");
    Client other = new Client("/pair", "Authorization", "Basic b3BlcmF0b3I6eA==");
    other.say(PairClient.first("good-c"));
    assertThat(other.hear()).as("no bearer").isEqualTo("{\"session_token\":\"token-good-c\"}");
  }

  @Test
  @DisplayName("A device key is proven by a signature of the challenge")
  void deviceKey() throws Exception {
    String[] keys = {
      "\"" + KEY + "\"",
      "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + KEY + "\",\"use\":\"sig\"}"
    };
    for (int i = 0; i < keys.length; i++) {
      Client client = new Client("/pair", "X-Forwarded-For", "192.0.2.12");
      client.say("{\"bootstrap_token\":\"good-d" + i + "\",\"device_key\":" + keys[i] + "}");
      assertThat(client.hear()).isEqualTo("{\"challenge\":\"" + FakePairSessions.CHALLENGE + "\"}");
      client.say("{\"signature\":\"" + FakePairSessions.SIGNATURE + "\"}");
      assertThat(client.hear()).isEqualTo("{\"session_token\":\"token-good-d" + i + "\"}");
      assertThat(client.hear()).isEqualTo("1000 paired");
    }
    Client wrong = new Client("/pair", "X-Forwarded-For", "192.0.2.12");
    wrong.say("{\"bootstrap_token\":\"bad\",\"device_key\":" + keys[0] + "}");
    assertThat(wrong.hear()).as("tells nothing of the token").startsWith("{\"challenge\":");
    wrong.say("{\"signature\":\"" + FakePairSessions.SIGNATURE + "\"}");
    assertThat(wrong.hear())
        .isEqualTo("{\"error\":\"The bootstrap token is invalid or expired.\"}");
  }

  @Test
  @DisplayName(
      "Ten failures refuse invalid tokens from the address behind the proxy, and a lock all")
  void lockout() {
    for (int i = 0; i < AttemptLimiter.MAX_FAILURES; i++) {
      RawWebSocket guess = PairClient.bearer("192.0.2.13", "", "guess." + i);
      assertThat(guess.untilClosed()).last().matches(close -> close.code() == 1008);
    }
    assertThat(PairClient.bearer("192.0.2.13", "", "guess.11").untilClosed())
        .extracting(RawWebSocket.Frame::toString)
        .containsExactly(
            "1 {\"error\":\"Too many failed attempts. Try again in a minute.\"}",
            "close 1008 too many failed attempts");
    assertThat(PairClient.bearer("192.0.2.13", "", "good.d").next().text())
        .as("a valid token")
        .isEqualTo("{\"session_token\":\"token-good.d\"}");
    PairClient.control("lock", "192.0.2.16");
    RawWebSocket locked = PairClient.bearer("192.0.2.16", "", "good.e");
    assertThat(locked.status()).isEqualTo(429);
    assertThat(locked.response()).contains("Retry-After: 42\r\n");
    assertThat(PairClient.control("presented", "good.e"))
        .as("nothing was looked at")
        .isEqualTo("0");
    RawWebSocket other =
        RawWebSocket.open(
            PairClient.PORT,
            "/pair",
            "Forwarded: for=192.0.2.13, for=192.0.2.14",
            "Authorization: Bearer good.e");
    assertThat(other.next().text()).isEqualTo("{\"session_token\":\"token-good.e\"}");
    RawWebSocket between = PairClient.from("192.0.2.15");
    PairClient.control("lock", "192.0.2.15");
    assertThat(between.text(PairClient.first("good-f")).untilClosed())
        .extracting(RawWebSocket.Frame::toString)
        .containsExactly(
            "1 {\"error\":\"Too many failed attempts. Try again in a minute.\"}",
            "close 1008 too many failed attempts");
    assertThat(PairClient.control("presented", "good-f")).isEqualTo("0");
  }

  @Test
  @DisplayName("A request without an upgrade gets a 426 that names the missing headers")
  void notWebSocket() {
    HttpResponse<String> plain = PairClient.send(HttpRequest.newBuilder(uri("/pair")));
    assertThat(plain.statusCode()).isEqualTo(426);
    assertThat(plain.headers().firstValue("Upgrade")).hasValue("websocket");
    assertThat(plain.body())
        .startsWith(
            "This path requires a WebSocket upgrade. Missing: Upgrade: websocket, Connection:"
                + " Upgrade, Sec-WebSocket-Version: 13, Sec-WebSocket-Key.\n")
        .contains("proxy_set_header Upgrade $http_upgrade;");
    String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    String version = "Sec-WebSocket-Version: 13";
    assertThat(refusal("Connection: close", "Upgrade: websocket", version, key))
        .as("a proxy that closes each connection")
        .contains("Missing: Connection: Upgrade.\n");
    assertThat(refusal("Connection: Upgrade", version, key))
        .as("a proxy that drops the header of its own hop")
        .contains("Missing: Upgrade: websocket.\n");
    assertThat(refusal("Connection: Upgrade", "Upgrade: h2c", version, key))
        .as("a proxy that upgrades to HTTP/2")
        .contains("Missing: Upgrade: websocket.\n");
    assertThat(refusal("Connection: Upgrade", "Upgrade: websocket", version))
        .as("a proxy that drops unknown headers")
        .contains("Missing: Sec-WebSocket-Key.\n");
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"}) {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri("/pair?keep=true"));
      HttpResponse<String> response =
          PairClient.send(request.method(method, HttpRequest.BodyPublishers.noBody()));
      assertThat(response.statusCode()).as(method).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).as(method).hasValue("GET");
    }
    for (String path :
        new String[] {"/pair/", "/pair/x", "/pairs", "/PAIR", "//pair", "/%70air", "/pair;x"}) {
      RawWebSocket elsewhere = RawWebSocket.open(PairClient.PORT, path);
      assertThat(elsewhere.status()).as(path).isIn(400, 404);
      elsewhere.close();
    }
  }

  private static String refusal(String... headers) {
    String request =
        "GET /pair HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PairClient.PORT)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      StringBuilder response = new StringBuilder();
      while (response.indexOf("\"upgrade\";") < 0) {
        response.append((char) socket.getInputStream().read());
      }
      return response.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("No extension, subprotocol or HTTP session is used")
  void noExtensions() {
    RawWebSocket socket =
        RawWebSocket.open(
            PairClient.PORT,
            "/pair",
            "Origin: https://anywhere.example",
            "Sec-WebSocket-Extensions: permessage-deflate",
            "Sec-WebSocket-Protocol: a, b");
    assertThat(socket.status()).isEqualTo(101);
    assertThat(socket.response())
        .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
        .doesNotContain("Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol", "Cookie");
    socket.close();
  }

  @Test
  @DisplayName("No log contains a token, not even the server's own FFDC")
  void logs() throws IOException {
    String secret = "s3cr3t-s3cr3t";
    RawWebSocket kept = PairClient.bearer("192.0.2.16", "?keep=true", "good." + secret);
    assertThat(kept.next().text()).contains("session_token");
    kept.unmasked(RawWebSocket.TEXT, secret.getBytes(UTF_8)).untilClosed();
    String asked = "{\"bootstrap_token\":\"good-" + secret + "\",\"device_key\":\"" + KEY + "\"}";
    byte[] noText = (secret + "\u00e9").getBytes(ISO_8859_1);
    List<Consumer<RawWebSocket>> faults =
        List.of(
            socket -> socket.frame(true, RawWebSocket.TEXT, noText),
            socket -> socket.unmasked(RawWebSocket.TEXT, noText),
            socket -> socket.frameHead(true, RawWebSocket.TEXT, 1L << 30),
            socket -> socket.text("{\"signature\":\"" + secret + "\"}"));
    for (Consumer<RawWebSocket> fault : faults) {
      RawWebSocket socket = PairClient.from("192.0.2.16").text(asked);
      assertThat(socket.next().text()).startsWith("{\"challenge\":");
      fault.accept(socket);
      assertThat(socket.untilClosed()).isNotEmpty();
    }
    PairClient.bearer("192.0.2.16", "", "bug." + secret).untilClosed();
    Path logs =
        Path.of(
            System.getProperty("liberty.home"),
            "usr/servers",
            System.getProperty("arquillian.server"),
            "logs");
    try (Stream<Path> files = Files.walk(logs)) {
      List<Path> written = files.filter(Files::isRegularFile).toList();
      assertThat(written).isNotEmpty();
      for (Path file : written) {
        assertThat(Files.readString(file, ISO_8859_1)).as(file.toString()).doesNotContain(secret);
      }
    }
  }

  private static URI uri(String path) {
    return URI.create(PairClient.http(path));
  }
}
