package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.testing.MovableClock;
import dev.nexo.pairing.testing.Together;
import dev.nexo.pairing.ws.fake.FakePairLimiter;
import dev.nexo.pairing.ws.fake.FakePairSessions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PairConnectionTest {

  private static final String PEER = "192.0.2.1";
  private static final String KEY = "\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"";
  private static final String REVOKED = "{\"event\":\"revoked\"}";

  private final FakePairSessions sessions = new FakePairSessions();
  private final FakePairLimiter limiter = new FakePairLimiter();
  private final HandDrivenExecutor time = new HandDrivenExecutor();
  private final ConnectionLimits limits = new ConnectionLimits(time);
  private final OpenConnections kept = new OpenConnections(sessions, new MovableClock(), time);
  private final RecordingPeer wire = new RecordingPeer();

  @AfterEach
  void end() {
    time.shutdownNow();
  }

  @Test
  void aPeerThatSaysNothingHasFifteenSeconds() {
    open(Optional.empty(), false);
    assertThat(limits.addressesInHandshake()).isEqualTo(1);
    time.pass(Duration.ofSeconds(15));
    assertThat(wire.sent()).containsExactly("1008 no bootstrap token in time");
    assertThat(limits.addressesInHandshake()).isZero();
  }

  @Test
  void aPeerThatWasAskedToSignHasThirtySecondsMore() {
    PairConnection conversation = open(Optional.empty(), false);
    conversation.text("{\"bootstrap_token\":\"good\",\"device_key\":" + KEY + "}");
    assertThat(time.armed(Duration.ofSeconds(15))).isZero();
    assertThat(limits.addressesInHandshake()).as("still waiting").isEqualTo(1);
    time.pass(Duration.ofSeconds(30));
    assertThat(wire.sent())
        .containsExactly(
            "{\"challenge\":\"" + FakePairSessions.CHALLENGE + "\"}", "1008 no signature in time");
  }

  @Test
  void whoIsPairedIsWaitedForNoLonger() {
    PairConnection conversation = open(Optional.empty(), false);
    conversation.text("{\"bootstrap_token\":\"good\"}");
    conversation.text("{\"bootstrap_token\":\"bad\"}");
    conversation.binary();
    assertThat(wire.sent()).containsExactly("{\"session_token\":\"token-good\"}", "1000 paired");
    assertThat(time.armed(Duration.ofSeconds(15))).isZero();
    assertThat(limits.addressesInHandshake()).isZero();
  }

  @Test
  void aBearerIsAnsweredWithoutAFrameOfThePeers() {
    open(Optional.of(new BootstrapToken("good")), false);
    assertThat(wire.sent()).containsExactly("{\"session_token\":\"token-good\"}", "1000 paired");
  }

  @Test
  void whoIsKeptHearsOfTheRevocationAndThenNothing() {
    PairConnection conversation = open(Optional.of(new BootstrapToken("good")), true);
    assertThat(time.armed(Duration.ofSeconds(15))).isZero();
    assertThat(limits.addressesInHandshake()).as("waits no longer").isZero();
    conversation.text("{\"bootstrap_token\":\"good-2\"}");
    revoke();
    revoke();
    assertThat(wire.sent())
        .containsExactly("{\"session_token\":\"token-good\"}", REVOKED, "1000 session revoked");
    assertThat(time.armed(Duration.ofSeconds(1))).as("forgotten").isZero();
  }

  @Test
  void aSessionRevokedWhileItsTokenGoesOutEndsAsWell() {
    wire.meanwhile(this::revoke);
    open(Optional.of(new BootstrapToken("good")), true);
    assertThat(wire.sent())
        .containsExactly("{\"session_token\":\"token-good\"}", REVOKED, "1000 session revoked");
  }

  @Test
  void aSignatureThatComesBeforeTheChallengeIsSeenOffIsTakenNext() {
    PairConnection conversation = open(Optional.empty(), false);
    String signature = "{\"signature\":\"" + FakePairSessions.SIGNATURE + "\"}";
    wire.meanwhile(
        () -> {
          wire.meanwhile(() -> {});
          conversation.text(signature);
        });
    conversation.text("{\"bootstrap_token\":\"good\",\"device_key\":" + KEY + "}");
    assertThat(wire.sent()).endsWith("{\"session_token\":\"token-good\"}", "1000 paired");
  }

  @Test
  void moreThanOneFrameThatComesWhileOneIsAnsweredIsIgnored() {
    PairConnection conversation = conversation(Optional.empty(), true, time);
    conversation.open(wire);
    wire.meanwhile(
        () -> {
          conversation.text("");
          conversation.tooBig();
        });
    conversation.text("{\"bootstrap_token\":\"good\"}");
    assertThat(wire.sent()).containsExactly("{\"session_token\":\"token-good\"}");
    conversation.tooBig();
    assertThat(wire.sent()).last().isEqualTo("1009 more than 64 KiB");
  }

  @Test
  void aPeerThatHasGoneLeavesNothingBehind() {
    PairConnection conversation = open(Optional.empty(), false);
    conversation.closed();
    conversation.text("{\"bootstrap_token\":\"good\"}");
    assertThat(sessions.presented()).isEmpty();
    assertThat(limits.addressesInHandshake()).isZero();
    assertThat(time.armed(Duration.ofSeconds(15))).isZero();
  }

  @Test
  void aKeptPeerThatTakesNoFrameIsGivenUp() {
    wire.hangUp();
    open(Optional.of(new BootstrapToken("good")), true);
    assertThat(wire.sent()).containsExactly("1011 the connection failed");
    assertThat(time.armed(Duration.ofSeconds(1))).as("forgotten").isZero();
  }

  @Test
  void aKeptPeerThatAnswersNoPingIsGivenUpAtTheNext() {
    PairConnection conversation = open(Optional.of(new BootstrapToken("good")), true);
    time.pass(Duration.ofSeconds(30));
    conversation.pong();
    time.pass(Duration.ofSeconds(30));
    time.pass(Duration.ofSeconds(30));
    assertThat(wire.sent())
        .containsExactly(
            "{\"session_token\":\"token-good\"}", "ping", "ping", "1008 no answer to a ping");
  }

  @Test
  void aKeptPeerMayTalkToNobodyForAWhileButNotForEver() {
    PairConnection conversation = open(Optional.of(new BootstrapToken("good")), true);
    for (int i = 0; i < 3; i++) {
      for (int j = 1; j < PairConnection.MAX_FRAMES - 1; j++) {
        conversation.text("");
      }
      time.pass(Duration.ofSeconds(30));
      conversation.pong();
    }
    assertThat(wire.sent()).doesNotContain("1008 too many frames");
    for (int j = 0; j < 2 * PairConnection.MAX_FRAMES; j++) {
      conversation.binary();
    }
    assertThat(wire.sent()).endsWith("1008 too many frames").hasSize(5);
  }

  @Test
  void theThirtyThirdOfAnAddressIsTurnedAway() {
    for (int i = 0; i < ConnectionLimits.HANDSHAKES_PER_ADDRESS; i++) {
      limits.startHandshake(PEER);
    }
    PairConnection conversation = open(Optional.of(new BootstrapToken("good")), true);
    conversation.text("{\"bootstrap_token\":\"good\"}");
    assertThat(wire.sent()).containsExactly("1013 too many connections");
    assertThat(sessions.presented()).isEmpty();
  }

  @Test
  void whereNoDeadlineCanBeSetThereIsNoConnection() {
    ScheduledExecutorService gone = new ScheduledThreadPoolExecutor(1);
    gone.shutdown();
    conversation(Optional.of(new BootstrapToken("good")), true, gone).open(wire);
    assertThat(wire.sent()).containsExactly("1001 the server is stopping");
    assertThat(limits.addressesInHandshake()).isZero();
    assertThat(sessions.presented()).isEmpty();
  }

  @Test
  void whateverHappensAtOnceThereIsOneEndAndNothingBehindIt() throws Exception {
    ScheduledExecutorService threads = new ScheduledThreadPoolExecutor(4);
    try {
      for (int round = 0; round < 100; round++) {
        RecordingPeer peer = new RecordingPeer();
        String token = "good-" + round;
        PairConnection conversation = conversation(Optional.empty(), true, threads);
        conversation.open(peer);
        Together.run(
            4,
            i -> {
              switch (i) {
                case 0 -> conversation.text("{\"bootstrap_token\":\"" + token + "\"}");
                case 1 -> conversation.end(CloseFrame.REVOKED);
                case 2 -> conversation.tooBig();
                default -> conversation.end(CloseFrame.EXPIRED);
              }
              return null;
            });
        await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> conversation.isClosed() && limits.addressesInHandshake() == 0);
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
    PairConnection conversation = conversation(bearer, keep, time);
    conversation.open(wire);
    return conversation;
  }

  private PairConnection conversation(
      Optional<BootstrapToken> bearer, boolean keep, ScheduledExecutorService executor) {
    return new PairConnection(
        new UpgradeRequest.Parameters(PEER, bearer, keep),
        new Handshake(sessions, limiter, PEER, keep),
        limits,
        kept,
        executor);
  }

  private void revoke() {
    kept.ended(new PairingEvent.SessionEnded("session-good", SessionEnd.REVOKED));
  }
}
