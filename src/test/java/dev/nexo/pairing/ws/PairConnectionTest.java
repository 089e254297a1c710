package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.testing.FakeLimiter;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testing.Together;
import dev.nexo.pairing.testkit.MovableClock;
import dev.nexo.pairing.ws.fake.FakePairSessions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pair connection")
class PairConnectionTest {

  private static final String PEER = "192.0.2.1";
  private static final String KEY = "\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"";
  private static final String REVOKED = "{\"event\":\"revoked\"}";

  private final FakePairSessions sessions = new FakePairSessions();
  private final FakeLimiter limiter = new FakeLimiter();
  private final HandDrivenExecutor time = new HandDrivenExecutor();
  private final ConnectionLimits limits = new ConnectionLimits(new MovableTicker());
  private final OpenConnections openConnections =
      new OpenConnections(sessions, new MovableClock(), new MovableTicker(), time);
  private final RecordingPeer peer = new RecordingPeer();

  @AfterEach
  void end() {
    time.shutdownNow();
  }

  @Test
  @DisplayName("A peer has 15 s to send its token")
  void tokenTimeout() {
    open(Optional.empty(), false);
    assertThat(limits.addressesInHandshake()).isEqualTo(1);
    time.pass(Duration.ofSeconds(15));
    assertThat(peer.sent()).containsExactly("1008 no bootstrap token within the time limit");
    assertThat(limits.addressesInHandshake()).isZero();
  }

  @Test
  @DisplayName("A peer that was sent a challenge has 30 s more")
  void signatureTimeout() {
    PairConnection connection = open(Optional.empty(), false);
    connection.text("{\"bootstrap_token\":\"good\",\"device_key\":" + KEY + "}");
    assertThat(time.armed(Duration.ofSeconds(15))).isZero();
    assertThat(limits.addressesInHandshake()).as("still waiting").isEqualTo(1);
    time.pass(Duration.ofSeconds(30));
    assertThat(peer.sent())
        .containsExactly(
            "{\"challenge\":\"" + FakePairSessions.CHALLENGE + "\"}",
            "1008 no signature within the time limit");
  }

  @Test
  @DisplayName("A paired peer has no timeout")
  void paired() {
    PairConnection connection = open(Optional.empty(), false);
    connection.text("{\"bootstrap_token\":\"good\"}");
    connection.text("{\"bootstrap_token\":\"bad\"}");
    connection.binary();
    assertThat(peer.sent()).containsExactly("{\"session_token\":\"token-good\"}", "1000 paired");
    assertThat(time.armed(Duration.ofSeconds(15))).isZero();
    assertThat(limits.addressesInHandshake()).isZero();
  }

  @Test
  @DisplayName("A bearer token is answered without a frame from the peer")
  void bearer() {
    open(Optional.of(new BootstrapToken("good")), false);
    assertThat(peer.sent()).containsExactly("{\"session_token\":\"token-good\"}", "1000 paired");
  }

  @Test
  @DisplayName("A kept peer gets the revocation and then nothing")
  void revoked() {
    PairConnection connection = open(Optional.of(new BootstrapToken("good")), true);
    assertThat(time.armed(Duration.ofSeconds(15))).isZero();
    assertThat(limits.addressesInHandshake()).as("waits no longer").isZero();
    connection.text("{\"bootstrap_token\":\"good-2\"}");
    revoke();
    revoke();
    assertThat(peer.sent())
        .containsExactly("{\"session_token\":\"token-good\"}", REVOKED, "1000 session revoked");
    assertThat(time.armed(Duration.ofSeconds(1))).as("forgotten").isZero();
  }

  @Test
  @DisplayName("A session revoked while its token is sent ends, too")
  void revokedDuringSend() {
    peer.meanwhile(this::revoke);
    open(Optional.of(new BootstrapToken("good")), true);
    assertThat(peer.sent())
        .containsExactly("{\"session_token\":\"token-good\"}", REVOKED, "1000 session revoked");
  }

  @Test
  @DisplayName("A signature that arrives while the challenge is sent is accepted")
  void earlySignature() {
    PairConnection connection = open(Optional.empty(), false);
    String signature = "{\"signature\":\"" + FakePairSessions.SIGNATURE + "\"}";
    peer.meanwhile(
        () -> {
          peer.meanwhile(() -> {});
          connection.text(signature);
        });
    connection.text("{\"bootstrap_token\":\"good\",\"device_key\":" + KEY + "}");
    assertThat(peer.sent()).endsWith("{\"session_token\":\"token-good\"}", "1000 paired");
  }

  @Test
  @DisplayName("Extra frames that arrive during an answer are ignored")
  void extraFrames() {
    PairConnection connection = connection(Optional.empty(), true, time);
    connection.open(peer);
    peer.meanwhile(
        () -> {
          connection.text("");
          connection.tooBig();
        });
    connection.text("{\"bootstrap_token\":\"good\"}");
    assertThat(peer.sent()).containsExactly("{\"session_token\":\"token-good\"}");
    connection.tooBig();
    assertThat(peer.sent()).last().isEqualTo("1009 message larger than 64 KiB");
  }

  @Test
  @DisplayName("A disconnected peer leaves nothing behind")
  void gonePeer() {
    PairConnection connection = open(Optional.empty(), false);
    connection.closed();
    connection.text("{\"bootstrap_token\":\"good\"}");
    assertThat(sessions.presented()).isEmpty();
    assertThat(limits.addressesInHandshake()).isZero();
    assertThat(time.armed(Duration.ofSeconds(15))).isZero();
  }

  @Test
  @DisplayName("A kept peer that accepts no frame is disconnected")
  void sendFails() {
    peer.hangUp();
    open(Optional.of(new BootstrapToken("good")), true);
    assertThat(peer.sent()).containsExactly("1011 the connection failed");
    assertThat(time.armed(Duration.ofSeconds(1))).as("forgotten").isZero();
  }

  @Test
  @DisplayName("A kept peer that misses a ping is disconnected at the next one")
  void noPong() {
    PairConnection connection = open(Optional.of(new BootstrapToken("good")), true);
    time.pass(Duration.ofSeconds(30));
    connection.pong();
    time.pass(Duration.ofSeconds(30));
    time.pass(Duration.ofSeconds(30));
    assertThat(peer.sent())
        .containsExactly(
            "{\"session_token\":\"token-good\"}", "ping", "ping", "1008 no response to a ping");
  }

  @Test
  @DisplayName("A kept peer may send only a limited number of frames")
  void frameLimit() {
    PairConnection connection = open(Optional.of(new BootstrapToken("good")), true);
    for (int i = 0; i < 3; i++) {
      for (int j = 1; j < PairConnection.MAX_FRAMES - 1; j++) {
        connection.text("");
      }
      time.pass(Duration.ofSeconds(30));
      connection.pong();
    }
    assertThat(peer.sent()).doesNotContain("1008 too many frames");
    for (int j = 0; j < 2 * PairConnection.MAX_FRAMES; j++) {
      connection.binary();
    }
    assertThat(peer.sent()).endsWith("1008 too many frames").hasSize(5);
  }

  @Test
  @DisplayName("The 33rd handshake of an address is refused")
  void addressLimit() {
    for (int i = 0; i < ConnectionLimits.HANDSHAKES_PER_ADDRESS; i++) {
      limits.startHandshake(PEER);
    }
    PairConnection connection = open(Optional.of(new BootstrapToken("good")), true);
    connection.text("{\"bootstrap_token\":\"good\"}");
    assertThat(peer.sent()).containsExactly("1013 too many connections");
    assertThat(sessions.presented()).isEmpty();
  }

  @Test
  @DisplayName("Without a timer the connection is refused")
  void noTimer() {
    ScheduledExecutorService gone = new ScheduledThreadPoolExecutor(1);
    gone.shutdown();
    connection(Optional.of(new BootstrapToken("good")), true, gone).open(peer);
    assertThat(peer.sent()).containsExactly("1001 the server is stopping");
    assertThat(limits.addressesInHandshake()).isZero();
    assertThat(sessions.presented()).isEmpty();
  }

  @Test
  @DisplayName("Concurrent events end a connection exactly once")
  void concurrentEnd() throws Exception {
    ScheduledExecutorService threads = new ScheduledThreadPoolExecutor(4);
    try {
      for (int round = 0; round < 100; round++) {
        RecordingPeer peer = new RecordingPeer();
        String token = "good-" + round;
        PairConnection connection = connection(Optional.empty(), true, threads);
        connection.open(peer);
        Together.run(
            4,
            i -> {
              switch (i) {
                case 0 -> connection.text("{\"bootstrap_token\":\"" + token + "\"}");
                case 1 -> connection.end(CloseFrame.REVOKED);
                case 2 -> connection.tooBig();
                default -> connection.end(CloseFrame.EXPIRED);
              }
              return null;
            });
        await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> connection.isClosed() && limits.addressesInHandshake() == 0);
        List<String> sent = peer.sent();
        assertThat(sent.stream().filter(line -> line.matches("1\\d{3} .*"))).hasSize(1);
        assertThat(sent.get(sent.size() - 1)).matches("1\\d{3} .*");
        await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> time.armed(Duration.ofSeconds(1)) == 0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private PairConnection open(Optional<BootstrapToken> bearer, boolean keep) {
    PairConnection connection = connection(bearer, keep, time);
    connection.open(peer);
    return connection;
  }

  private PairConnection connection(
      Optional<BootstrapToken> bearer, boolean keep, ScheduledExecutorService executor) {
    return new PairConnection(
        new UpgradeRequest.Parameters(PEER, bearer.map(Credential.Bootstrap::new), keep),
        new Handshake(sessions, limiter, PEER, keep),
        limits,
        openConnections,
        executor);
  }

  private void revoke() {
    openConnections.ended(new PairingEvent.SessionEnded("session-good", SessionEnd.REVOKED));
  }
}
