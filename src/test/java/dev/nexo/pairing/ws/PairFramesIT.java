package dev.nexo.pairing.ws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.RawWebSocket;
import dev.nexo.pairing.ws.fake.FakePairPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What strangers may send, and how long and how many they may be. */
@DisplayName("Frames of strangers")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class PairFramesIT {

  private static final Duration TOKEN_TIME =
      PairConnection.TOKEN_TIME.dividedBy(FakePairPlatform.TIMES);

  @Deployment(testable = false)
  static WebArchive archive() {
    return PairArchive.named("frames");
  }

  /** Comes from an address, sends what is to be tested. */
  private interface Peer {
    RawWebSocket send(RawWebSocket socket);
  }

  @Test
  @DisplayName("Fragments are one message, also with a ping between them")
  void fragments() {
    byte[] frame = PairClient.first("good-fragments").getBytes(UTF_8);
    RawWebSocket socket = PairClient.from("192.0.2.20");
    for (int i = 0; i < frame.length; i++) {
      byte[] one = {frame[i]};
      boolean last = i == frame.length - 1;
      socket.frame(last, i == 0 ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION, one);
      if (i == 10) {
        socket.frame(true, RawWebSocket.PING, new byte[] {42});
      }
    }
    assertThat(socket.next()).matches(pong -> pong.opcode() == RawWebSocket.PONG);
    assertThat(words(socket))
        .containsExactly("1 {\"session_token\":\"token-good-fragments\"}", "close 1000 paired");
  }

  @Test
  @DisplayName("Anything but a text message of up to 64 KiB gets its close code")
  void closeCodes() {
    byte[] half = "x".repeat(33 * 1024).getBytes(UTF_8);
    Object[][] rows = {
      // what is sent, the close code
      {"binary", 1003, (Peer) s -> s.frame(true, RawWebSocket.BINARY, new byte[1])},
      {"binary, in parts", 1003, (Peer) s -> s.frame(false, RawWebSocket.BINARY, new byte[1])},
      {"64 KiB", 1008, (Peer) s -> s.frame(true, RawWebSocket.TEXT, blank(64 * 1024))},
      {"64 KiB and 1", 1009, (Peer) s -> s.frame(true, RawWebSocket.TEXT, blank(64 * 1024 + 1))},
      {
        "too long in parts",
        1009,
        (Peer)
            s ->
                s.frame(false, RawWebSocket.TEXT, half)
                    .frame(false, RawWebSocket.CONTINUATION, half)
      },
      {"1 GiB announced", 1009, (Peer) s -> s.frameHead(true, RawWebSocket.TEXT, 1L << 30)},
      {"binary, 1 GiB", 1009, (Peer) s -> s.frameHead(true, RawWebSocket.BINARY, 1L << 30)},
      {"no mask", 1002, (Peer) s -> s.unmasked(RawWebSocket.TEXT, half)},
      {"opcode 3", 1002, (Peer) s -> s.frame(true, 3, new byte[1])},
      {"a reserved bit", 1002, (Peer) s -> s.frame(true, 0x41, new byte[1])},
      {"nothing to continue", 1002, (Peer) s -> s.frame(true, RawWebSocket.CONTINUATION, half)},
      {"no UTF-8", 1007, (Peer) s -> s.frame(true, RawWebSocket.TEXT, new byte[] {(byte) 0xc0})},
      {"no object", 1008, (Peer) s -> s.text("[]")},
      {"nothing", 1008, (Peer) s -> s.text("")},
      {"depth", 1008, (Peer) s -> s.text("{\"a\":".repeat(13_000))}
    };
    for (Object[] row : rows) {
      RawWebSocket socket = PairClient.from("192.0.2.21");
      ((Peer) row[2]).send(socket);
      List<RawWebSocket.Frame> frames = socket.untilClosed();
      assertThat(frames).as(row[0].toString()).isNotEmpty();
      assertThat(frames.get(frames.size() - 1).code()).as(row[0].toString()).isEqualTo(row[1]);
      socket.close();
    }
  }

  @Test
  @DisplayName("A frame of negative length keeps no thread busy")
  void negativeLength() {
    for (int opcode : new int[] {RawWebSocket.TEXT, RawWebSocket.BINARY}) {
      RawWebSocket socket = PairClient.from("192.0.2.22").frame(false, opcode, new byte[] {'{'});
      // Its head has 14 bytes: a reader that adds up the length is at the head again.
      socket.frameHead(false, RawWebSocket.CONTINUATION, -14);
      assertThat(socket.untilClosed()).isNotEmpty();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(PairClient.control("threads", "")).isEqualTo("0"));
    }
    assertThat(words(PairClient.bearer("192.0.2.22", "", "good.after")))
        .contains("close 1000 paired");
  }

  @Test
  @DisplayName("Silent, partial and slow frames all time out")
  void timeouts() {
    RawWebSocket silent = PairClient.from("192.0.2.23");
    RawWebSocket half = PairClient.from("192.0.2.23").frameHead(true, RawWebSocket.TEXT, 1_000);
    RawWebSocket pings = PairClient.from("192.0.2.23");
    long start = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      pings.frame(true, RawWebSocket.PING, new byte[0]);
      assertThat(pings.next()).matches(pong -> pong.opcode() == RawWebSocket.PONG);
      half.raw(new byte[] {'{'});
    }
    for (RawWebSocket socket : new RawWebSocket[] {silent, half, pings}) {
      assertThat(words(socket))
          .containsExactly("close 1008 no bootstrap token within the time limit");
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).isBetween(TOKEN_TIME.minusMillis(500), TOKEN_TIME.plusSeconds(30));
  }

  @Test
  @DisplayName("A peer that was sent a challenge has a longer timeout")
  void signatureTimeout() {
    String key = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    RawWebSocket socket = PairClient.from("192.0.2.24");
    long start = System.nanoTime();
    socket.text("{\"bootstrap_token\":\"good-slow\",\"device_key\":\"" + key + "\"}");
    assertThat(socket.next().text()).startsWith("{\"challenge\"");
    assertThat(words(socket)).containsExactly("close 1008 no signature within the time limit");
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).isGreaterThan(TOKEN_TIME);
    assertThat(PairClient.control("presented", "good-slow")).isEqualTo("0");
  }

  @Test
  @DisplayName("The 33rd connection of an address waits until another one ends")
  void addressLimit() {
    List<RawWebSocket> sockets = new ArrayList<>();
    for (int i = 0; i < ConnectionLimits.HANDSHAKES_PER_ADDRESS; i++) {
      sockets.add(PairClient.from("192.0.2.25"));
    }
    // The last ones may still be on their way in when their upgrade has been answered.
    AtomicInteger tries = new AtomicInteger();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              String token = "good-33-" + tries.incrementAndGet();
              RawWebSocket oneTooMany = PairClient.bearer("192.0.2.25", "", token);
              assertThat(words(oneTooMany)).containsExactly("close 1013 too many connections");
              assertThat(PairClient.control("presented", token)).isEqualTo("0");
            });
    assertThat(words(PairClient.bearer("192.0.2.26", "", "good.34"))).contains("close 1000 paired");
    sockets.forEach(RawWebSocket::close);
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(
            () ->
                assertThat(words(PairClient.bearer("192.0.2.25", "", "good.33")))
                    .as("they hung up without a word")
                    .contains("close 1000 paired"));
  }

  @Test
  @DisplayName("An address with too many half-closed connections is refused")
  void halfClosed() {
    List<RawWebSocket> left = new ArrayList<>();
    RawWebSocket last;
    do {
      last = PairClient.bearer("192.0.2.27", "", "good.left-" + left.size());
      left.add(last);
    } while (last.status() == 101 && left.size() < 4 * ConnectionLimits.CLOSED_PER_ADDRESS);
    assertThat(last.status()).isEqualTo(503);
    assertThat(last.response()).contains("Retry-After: " + ConnectionLimits.CLOSED_SECONDS);
    assertThat(PairClient.bearer("192.0.2.28", "", "good.not-left").status()).isEqualTo(101);
    left.forEach(RawWebSocket::close);
  }

  private static List<String> words(RawWebSocket socket) {
    return socket.untilClosed().stream().map(RawWebSocket.Frame::toString).toList();
  }

  private static byte[] blank(int length) {
    return " ".repeat(length).getBytes(UTF_8);
  }
}
