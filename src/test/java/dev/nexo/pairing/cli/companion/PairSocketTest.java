package dev.nexo.pairing.cli.companion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.companion.BootstrapToken;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Pair socket of the companion")
@Timeout(60)
class PairSocketTest {

  private static final BootstrapToken TOKEN = new BootstrapToken("claims.signature");
  private static final String SESSION = "q".repeat(43);
  private static final Duration BRIEF = Duration.ofSeconds(2);

  private static PairSocket socket(Duration patience) {
    return new PairSocket(patience);
  }

  private static PairSocket socket() {
    return socket(Duration.ofSeconds(PairSocket.PATIENCE_SECONDS));
  }

  @Test
  @DisplayName("The client sends the bootstrap token and reads the session token")
  void exchanges() throws Exception {
    try (StubPairServer server =
        StubPairServer.that(
            peer -> {
              peer.text();
              peer.send("{\"session_token\":\"" + SESSION + "\"}");
              peer.frame(true, 8, new byte[] {3, (byte) 0xe8});
              peer.outlast();
            })) {
      assertThat(socket().exchange(server.url(), TOKEN).value()).isEqualTo(SESSION);
      assertThat(server.received().get(0)).startsWith("GET /pair HTTP/1.1");
      assertThat(server.received().get(1)).isEqualTo("{\"bootstrap_token\":\"claims.signature\"}");
    }
  }

  @Test
  @DisplayName("A fragmented answer is assembled")
  void fragments() throws Exception {
    try (StubPairServer server =
        StubPairServer.that(
            peer -> {
              peer.frame(false, 1, "{\"session_token\":\"".getBytes(UTF_8));
              peer.frame(true, 9, new byte[0]);
              peer.frame(true, 0, (SESSION + "\"}").getBytes(UTF_8));
              peer.outlast();
            })) {
      assertThat(socket().exchange(server.url(), TOKEN).value()).isEqualTo(SESSION);
    }
  }

  private static StubPairServer.Conduct saying(String text) {
    return peer -> {
      peer.text();
      peer.send(text);
      peer.outlast();
    };
  }

  private static byte[] claim(long length) {
    byte[] head = new byte[10];
    head[0] = (byte) 0x81;
    head[1] = 127;
    for (int i = 0; i < 8; i++) {
      head[2 + i] = (byte) (length >> (56 - 8 * i));
    }
    return head;
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        conduct(saying("{\"error\":\"pairing refused\"}"), "rejected this setup code: pairing re"),
        conduct(saying("{\"error\":\"\\u001b[2J\\u202Egnp\"}"), "rejected this setup code: [2Jgnp"),
        conduct(saying("{\"error\":\"" + "a".repeat(5_000) + "\"}"), "a".repeat(200) + "…;"),
        conduct(saying("hello"), "not a JSON object"),
        conduct(saying("[]"), "not a JSON object"),
        conduct(saying("[".repeat(50_000)), "not a JSON object"),
        conduct(saying("{\"a\":" + "[".repeat(20_000)), "not a JSON object"),
        conduct(saying("{}"), "contains no session token"),
        conduct(saying("{\"session_token\":7}"), "contains no session token"),
        conduct(saying("{\"session_token\":\"\"}"), "contains no session token"),
        conduct(
            saying("{\"session_token\":\"a\\nb" + SESSION + "\"}"), "contains no session token"),
        conduct(saying("{\"session_token\":\"" + "a".repeat(600) + "\"}"), "contains no session"),
        conduct(saying("{\"challenge\":\"abc\"}"), "contains no session token"),
        conduct(saying(" ".repeat(70_000)), "more than 64 KiB"),
        conduct(
            peer -> {
              peer.text();
              for (int i = 0; i < 100; i++) {
                peer.frame(false, i == 0 ? 1 : 0, new byte[1_000]);
              }
              peer.outlast();
            },
            "more than 64 KiB"),
        conduct(
            peer -> {
              peer.text();
              peer.raw(claim(Long.MAX_VALUE));
              while (true) {
                peer.raw(new byte[8_192]);
              }
            },
            "more than 64 KiB"),
        conduct(
            peer -> {
              peer.frame(true, 2, new byte[50]);
              peer.outlast();
            },
            "sent a binary message"),
        conduct(
            peer -> {
              peer.raw(new byte[] {(byte) 0xff, 0x7f, 1, 2, 3});
              peer.outlast();
            },
            "was lost before the server answered"),
        conduct(
            peer -> {
              peer.frame(true, 1, new byte[] {(byte) 0xc3, 0x28});
              peer.outlast();
            },
            "was lost before the server answered"),
        conduct(
            peer -> {
              peer.frame(
                  true, 8, "\3\360full".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
              peer.outlast();
            },
            "closed the connection without an answer (1008, full)"),
        conduct(
            peer -> {
              peer.send("{\"error\":\"too many companions\"}");
              peer.frame(true, 8, new byte[] {3, (byte) 0xf5});
              peer.hangUp();
            },
            "too many companions"),
        conduct(StubPairServer.Peer::hangUp, "without an answer"));
  }

  private static Arguments conduct(StubPairServer.Conduct conduct, String line) {
    return arguments(conduct, line);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("hostile")
  @DisplayName("A hostile answer is reported in one line without the token")
  void hostileServer(StubPairServer.Conduct conduct, String line) throws Exception {
    try (StubPairServer server = StubPairServer.that(conduct)) {
      assertThatThrownBy(() -> socket().exchange(server.url(), TOKEN))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining(line)
          .hasMessageNotContaining("\n")
          .hasMessageNotContaining(TOKEN.value());
    }
  }

  @Test
  @DisplayName("A server that sends nothing times out")
  void silentServer() throws Exception {
    try (StubPairServer server = StubPairServer.that(StubPairServer.Peer::outlast)) {
      assertThatThrownBy(() -> socket(BRIEF).exchange(server.url(), TOKEN))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("did not answer within");
    }
  }

  @Test
  @DisplayName("A server that sends only pings times out")
  void endlessPings() throws Exception {
    try (StubPairServer server =
        StubPairServer.that(
            peer -> {
              while (true) {
                peer.frame(true, 9, new byte[0]);
              }
            })) {
      assertThatThrownBy(() -> socket(BRIEF).exchange(server.url(), TOKEN))
          .isInstanceOf(CommandException.class);
    }
  }

  @Test
  @DisplayName("A server that never completes the handshake times out")
  void noHandshake() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      PairUrl url = PairUrl.of("ws://127.0.0.1:" + deaf.getLocalPort() + "/pair");
      assertThatThrownBy(() -> socket(BRIEF).exchange(url, TOKEN))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("did not answer");
    }
  }

  @Test
  @DisplayName("A server that cannot be reached is reported")
  void unreachable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PairUrl url = PairUrl.of("ws://127.0.0.1:" + port + "/pair");
    assertThatThrownBy(() -> socket().exchange(url, TOKEN))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  @DisplayName("A redirect is not followed")
  void redirect() throws Exception {
    try (StubPairServer other = StubPairServer.that(saying("{}"));
        StubPairServer server =
            StubPairServer.responding(
                "HTTP/1.1 302 Found\r\nLocation: "
                    + other.address().replace("ws://", "http://")
                    + "\r\nContent-Length: 0\r\n\r\n")) {
      assertThatThrownBy(() -> socket().exchange(server.url(), TOKEN))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("answered with status 302");
      assertThat(other.received()).isEmpty();
      assertThat(server.received()).noneMatch(text -> text.contains(TOKEN.value()));
    }
  }
}
