package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testkit.MovableClock;
import dev.nexo.pairing.ws.fake.FakePairSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Open connections")
class OpenConnectionsTest {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PING = Duration.ofSeconds(30);

  private final FakePairSessions sessions = new FakePairSessions();
  private final MovableClock clock = new MovableClock();
  private final HandDrivenExecutor time = new HandDrivenExecutor();
  private final MovableTicker ticker = new MovableTicker();
  private final OpenConnections kept = new OpenConnections(sessions, clock, ticker, time);
  private final List<String> heard = new ArrayList<>();

  @AfterEach
  void end() {
    time.shutdownNow();
  }

  /** Records its calls. */
  private final class Socket implements OpenConnections.Connection {
    private final String name;
    private final String sessionId;
    private final Optional<String> tokenSha256;
    private final Instant expiresAt;

    Socket(String name, String sessionId) {
      this(name, sessionId, null);
    }

    Socket(String name, String sessionId, String sessionToken) {
      this(name, sessionId, sessionToken, FakePairSessions.EXPIRY);
    }

    Socket(String name, String sessionId, String sessionToken, Instant expiresAt) {
      this.name = name;
      this.expiresAt = expiresAt;
      this.sessionId = sessionId;
      this.tokenSha256 = Optional.ofNullable(sessionToken).map(Sha256::hex);
      kept.add(this);
    }

    @Override
    public String sessionId() {
      return sessionId;
    }

    @Override
    public Optional<String> tokenSha256() {
      return tokenSha256;
    }

    @Override
    public Instant expiresAt() {
      return expiresAt;
    }

    @Override
    public void end(CloseFrame closing) {
      heard.add(name + " " + closing.reason());
      kept.remove(this);
    }

    @Override
    public void ping() {
      heard.add(name + " ping");
    }

    @Override
    public void stop() {
      heard.add(name + " stop");
    }
  }

  @Test
  @DisplayName("The end of a session closes only its own connections")
  void endOfSession() {
    Socket other = new Socket("other", "s2");
    for (SessionEnd reason : SessionEnd.values()) {
      new Socket("a", "s1");
      new Socket("b", "s1");
      kept.ended(new PairingEvent.SessionEnded("s1", reason));
    }
    assertThat(heard)
        .containsExactly(
            "a session revoked",
            "b session revoked",
            "a signed out",
            "b signed out",
            "a session expired",
            "b session expired");
    kept.remove(other);
  }

  @Test
  @DisplayName("A session ended by another server is noticed within a second")
  void endedElsewhere() {
    new Socket("a", "s1");
    new Socket("b", "s2");
    time.pass(POLL);
    assertThat(heard).isEmpty();
    sessions.endElsewhere("s1");
    time.pass(POLL);
    assertThat(heard).containsExactly("a session revoked");
  }

  @Test
  @DisplayName("An expired session is reported as expired, not revoked")
  void expired() {
    new Socket("a", "s1");
    sessions.endElsewhere("s1");
    expireAll();
    time.pass(POLL);
    assertThat(heard).containsExactly("a session expired");
  }

  private void expireAll() {
    clock.move(Duration.between(clock.instant(), FakePairSessions.EXPIRY));
  }

  @Test
  @DisplayName("A short database outage closes nothing, and polling continues")
  void databaseAway() {
    new Socket("a", "s1");
    sessions.endElsewhere("s1");
    sessions.down(true);
    time.pass(POLL);
    assertThat(heard).isEmpty();
    sessions.down(false);
    time.pass(POLL);
    assertThat(heard).containsExactly("a session revoked");
  }

  @Test
  @DisplayName("A session expires during a database outage, too")
  void expiredWhileAway() {
    new Socket("a", "s1");
    sessions.down(true);
    expireAll();
    time.pass(POLL);
    assertThat(heard).containsExactly("a session expired");
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      ticker.move(POLL);
      time.pass(POLL);
    }
  }

  @Test
  @DisplayName("A session that cannot be confirmed for 5 s is closed, whatever the clock says")
  void unconfirmed() {
    new Socket("a", "s1");
    seconds(1);
    sessions.down(true);
    clock.move(Duration.ofMinutes(-10));
    seconds(4);
    assertThat(heard).isEmpty();
    seconds(1);
    assertThat(heard).containsExactly("a session not confirmed");
    // The companion comes back, perhaps to this server.
    sessions.down(false);
    new Socket("b", "s1");
    seconds(10);
    assertThat(heard).containsExactly("a session not confirmed");
  }

  @Test
  @DisplayName("An outage of less than 5 s closes nothing, however often it comes")
  void briefOutages() {
    new Socket("a", "s1");
    for (int i = 0; i < 5; i++) {
      seconds(1);
      sessions.down(true);
      seconds(4);
      sessions.down(false);
    }
    assertThat(heard).isEmpty();
  }

  @Test
  @DisplayName("At most 1,000 sessions are asked for, and an end is noticed in the next poll")
  void boundedQuestion() {
    for (int i = 0; i < 3_500; i++) {
      new Socket("socket" + i, "s" + i);
    }
    seconds(4);
    assertThat(sessions.asked().get(0)).hasSize(SessionConfirmation.MAX_ASKED);
    assertThat(sessions.asked().stream().limit(4).flatMap(Set::stream).distinct()).hasSize(3_500);
    sessions.endElsewhere("s3499");
    seconds(1);
    assertThat(heard).containsExactly("socket3499 session revoked");
    // Each of them is asked for again in turn, so that an end without a trace is noticed, too.
    sessions.endSilently("s0");
    sessions.endSilently("s2000");
    seconds(4);
    assertThat(heard)
        .containsExactlyInAnyOrder(
            "socket3499 session revoked", "socket0 session revoked", "socket2000 session revoked");
    seconds(20);
    assertThat(heard).hasSize(3);
    assertThat(sessions.asked()).allMatch(ids -> ids.size() <= SessionConfirmation.MAX_ASKED);
  }

  @Test
  @DisplayName("More changes than one answer lists are found by asking for each session")
  void manyChanges() {
    for (int i = 0; i < 1_500; i++) {
      new Socket("socket" + i, "s" + i);
    }
    seconds(2);
    for (int i = 0; i < 1_500; i++) {
      sessions.endElsewhere("s" + i);
    }
    seconds(2);
    assertThat(heard).hasSize(1_500).allMatch(line -> line.endsWith("session revoked"));
  }

  @Test
  @DisplayName("A session that was extended elsewhere stays open after its first expiry")
  void extended() {
    new Socket("a", "s1");
    seconds(1);
    sessions.extendElsewhere("s1", FakePairSessions.EXPIRY.plusSeconds(60));
    seconds(1);
    expireAll();
    seconds(1);
    assertThat(heard).isEmpty();
    clock.move(Duration.ofSeconds(60));
    seconds(1);
    assertThat(heard).containsExactly("a session expired");
  }

  @Test
  @DisplayName("A rotation closes what the replaced session token opened, and nothing else")
  void rotated() {
    new Socket("paired", "session-1");
    new Socket("again", "session-1", "token-1");
    seconds(3);
    assertThat(heard).isEmpty();
    sessions.rotateElsewhere("session-1");
    seconds(1);
    new Socket("newest", "session-1", "another token");
    seconds(5);
    assertThat(heard).containsExactly("again token replaced");
  }

  /** What happens after a poll has read the database, and what the poll may then close. */
  private enum Meanwhile {
    THE_COMPANION_ROTATES_AND_CONNECTS_WITH_THE_NEW_TOKEN(
        List.of("old token replaced"), test -> test.rotateAndConnect()),
    ITS_CONNECTION_CLOSES_FIRST(
        List.of(),
        test -> {
          test.kept.remove(test.old);
          test.rotateAndConnect();
        }),
    IT_ROTATES_AND_WAITS(
        List.of("old token replaced", "new token replaced"),
        test -> {
          test.rotateAndConnect();
          test.sessions.rotateElsewhere("session-1", "a third token");
        }),
    THE_SESSION_IS_EXTENDED(
        List.of(),
        test -> {
          test.sessions.extendElsewhere("session-1", FakePairSessions.EXPIRY.plusSeconds(60));
          test.connect("new", "token-1", FakePairSessions.EXPIRY.plusSeconds(60));
          test.expireAll();
        }),
    THE_OPERATOR_REVOKES_IT(
        List.of("old session revoked", "new session revoked"),
        test -> {
          test.connect("new", "token-1", FakePairSessions.EXPIRY);
          test.sessions.endElsewhere("session-1");
        });

    private final List<String> closed;
    private final Consumer<OpenConnectionsTest> event;

    Meanwhile(List<String> closed, Consumer<OpenConnectionsTest> event) {
      this.closed = closed;
      this.event = event;
    }
  }

  private Socket old;

  private void rotateAndConnect() {
    sessions.rotateElsewhere("session-1");
    connect("new", "another token", FakePairSessions.EXPIRY);
  }

  private void connect(String name, String sessionToken, Instant expiresAt) {
    new Socket(name, "session-1", sessionToken, expiresAt);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("A late answer of a poll closes no connection that was opened after its question")
  void lateAnswer(Meanwhile meanwhile) {
    old = new Socket("old", "session-1", "token-1");
    seconds(1);
    sessions.whileAnswering(() -> meanwhile.event.accept(this));
    kept.poll();
    kept.closeOverdue();
    assertThat(heard).as("after the late answer").doesNotContain("new token replaced");
    seconds(3);
    assertThat(heard).isEqualTo(meanwhile.closed);
  }

  @Test
  @DisplayName("A late answer without a session does not close what was opened after its question")
  void lateEnd() {
    sessions.endElsewhere("session-1");
    old = new Socket("old", "session-1", "token-1");
    sessions.whileAnswering(
        () -> {
          kept.remove(old);
          sessions.reviveElsewhere("session-1");
          connect("new", "token-1", FakePairSessions.EXPIRY);
        });
    seconds(3);
    assertThat(heard).isEmpty();
  }

  @Test
  @DisplayName("A late answer does not confirm what was opened after its question")
  void lateConfirmation() {
    old = new Socket("old", "session-1", "token-1");
    sessions.whileAnswering(
        () -> {
          ticker.move(Duration.ofSeconds(4));
          connect("new", "token-1", FakePairSessions.EXPIRY);
        });
    kept.poll();
    sessions.down(true);
    seconds(4);
    assertThat(heard).as("4 s after the connection").isEmpty();
    seconds(1);
    assertThat(heard).containsExactly("old session not confirmed", "new session not confirmed");
  }

  @Test
  @DisplayName("The use of a session is recorded while it is confirmed")
  void use() {
    Socket socket = new Socket("a", "s1");
    seconds(2);
    assertThat(sessions.used()).containsOnly("s1");
    kept.remove(socket);
    int recorded = sessions.used().size();
    seconds(2);
    assertThat(sessions.used()).hasSize(recorded);
  }

  @Test
  @DisplayName("The database is polled only while a connection is open")
  void pollsWhenNeeded() {
    assertThat(time.armed(POLL)).isZero();
    Socket first = new Socket("a", "s1");
    Socket second = new Socket("b", "s2");
    assertThat(time.armed(POLL)).isEqualTo(3);
    kept.remove(first);
    assertThat(time.armed(POLL)).isEqualTo(3);
    kept.remove(second);
    kept.remove(second);
    assertThat(time.armed(POLL)).isZero();
    assertThat(time.armed(PING)).isZero();
    new Socket("c", "s3");
    assertThat(time.armed(POLL)).isEqualTo(3);
  }

  @Test
  @DisplayName("A connection over the session's limit closes the oldest one")
  void perSessionLimit() {
    for (int i = 0; i <= OpenConnections.PER_SESSION; i++) {
      new Socket("socket" + i, "s1");
    }
    new Socket("other", "s2");
    assertThat(heard).containsExactly("socket0 replaced by a newer connection");
  }

  @Test
  @DisplayName("Every connection is pinged, and closed when the server stops")
  void pingAndStop() {
    new Socket("a", "s1");
    new Socket("b", "s2");
    time.pass(PING);
    kept.stop();
    assertThat(heard).containsExactlyInAnyOrder("a ping", "b ping", "a stop", "b stop");
    assertThat(time.armed(PING)).isZero();
  }
}
