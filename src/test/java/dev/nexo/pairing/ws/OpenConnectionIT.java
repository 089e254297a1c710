package dev.nexo.pairing.ws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testing.RawWebSocket;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Companions that stay connected, until their session or the application ends. */
@DisplayName("Open connections on the server")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OpenConnectionIT {

  private static final String REVOKED = "1 {\"event\":\"revoked\"}";

  @ArquillianResource private Deployer deployer;

  @Deployment(testable = false, managed = false, name = "kept")
  static WebArchive archive() {
    return PairArchive.named("kept");
  }

  @Test
  @DisplayName("A kept connection is closed with its session or the application")
  void closes() {
    deployer.deploy("kept");
    RawWebSocket last;
    RawWebSocket waiting;
    try {
      byFrameUntilRevoked();
      byQueryUntilEndedElsewhere();
      untilExpired();
      untilItSaysTooMuch();
      untilItFallsSilent();
      last = kept("good.last");
      waiting = PairClient.from("192.0.2.30");
    } finally {
      deployer.undeploy("kept");
    }
    assertThat(last.nextMessage().code()).isEqualTo(1001);
    assertThat(waiting.nextMessage().code()).isEqualTo(1001);
  }

  private static void byFrameUntilRevoked() {
    RawWebSocket socket = PairClient.from("192.0.2.31");
    socket.text("{\"bootstrap_token\":\"good-1\",\"keep\":true}");
    assertThat(socket.nextMessage().text()).isEqualTo("{\"session_token\":\"token-good-1\"}");
    RawWebSocket other = kept("good.other");
    socket.text("nobody listens").frame(true, RawWebSocket.BINARY, new byte[] {1});
    PairClient.control("revoke", "session-good-1");
    assertThat(words(socket)).containsExactly(REVOKED, "close 1000 session revoked");
    other.frame(true, RawWebSocket.PING, "still there?".getBytes(UTF_8));
    assertThat(nextPong(other).text()).isEqualTo("still there?");
    other.close();
  }

  private static void byQueryUntilEndedElsewhere() {
    RawWebSocket socket = kept("good.2");
    long start = System.nanoTime();
    PairClient.control("end-elsewhere", "session-good.2");
    assertThat(words(socket)).containsExactly(REVOKED, "close 1000 session revoked");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  private static void untilExpired() {
    RawWebSocket socket = kept("good.3");
    PairClient.control("expire", "session-good.3");
    assertThat(words(socket)).containsExactly("close 1000 session expired");
  }

  private static void untilItSaysTooMuch() {
    RawWebSocket socket = kept("good.4");
    socket.frame(
        true, RawWebSocket.TEXT, " ".repeat(FragmentAssembler.MAX_BYTES + 1).getBytes(UTF_8));
    assertThat(words(socket)).containsExactly("close 1009 message larger than 64 KiB");
  }

  private static void untilItFallsSilent() {
    RawWebSocket answers = kept("good.5");
    RawWebSocket silent = kept("good.6");
    assertThat(silent.next()).matches(ping -> ping.opcode() == RawWebSocket.PING);
    RawWebSocket.Frame ping = answers.next();
    answers.frame(true, RawWebSocket.PONG, ping.payload());
    assertThat(silent.next().toString()).isEqualTo("close 1008 no response to a ping");
    assertThat(answers.next()).matches(next -> next.opcode() == RawWebSocket.PING);
    silent.close();
    answers.close();
  }

  private static RawWebSocket kept(String token) {
    RawWebSocket socket = PairClient.bearer("192.0.2.32", "?keep=true", token);
    assertThat(socket.nextMessage().text())
        .isEqualTo("{\"session_token\":\"token-" + token + "\"}");
    return socket;
  }

  private static RawWebSocket.Frame nextPong(RawWebSocket socket) {
    RawWebSocket.Frame frame = socket.next();
    while (frame.opcode() == RawWebSocket.PING) {
      frame = socket.next();
    }
    return frame;
  }

  private static List<String> words(RawWebSocket socket) {
    return socket.untilClosed().stream().map(RawWebSocket.Frame::toString).toList();
  }
}
