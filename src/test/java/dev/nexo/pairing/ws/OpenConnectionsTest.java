package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.testing.MovableClock;
import dev.nexo.pairing.ws.fake.FakePairSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Open connections")
class OpenConnectionsTest {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PING = Duration.ofSeconds(30);

  private final FakePairSessions sessions = new FakePairSessions();
  private final MovableClock clock = new MovableClock();
  private final HandDrivenExecutor time = new HandDrivenExecutor();
  private final OpenConnections kept = new OpenConnections(sessions, clock, time);
  private final List<String> heard = new ArrayList<>();

  @AfterEach
  void end() {
    time.shutdownNow();
  }

  /** Records its calls. */
  private final class Socket implements OpenConnections.Connection {
    private final String name;
    private final String sessionId;

    Socket(String name, String sessionId) {
      this.name = name;
      this.sessionId = sessionId;
      kept.add(this);
    }

    @Override
    public String sessionId() {
      return sessionId;
    }

    @Override
    public Instant expiresAt() {
      return MovableClock.START.plus(Duration.ofHours(24));
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
    clock.move(Duration.ofHours(24));
    time.pass(POLL);
    assertThat(heard).containsExactly("a session expired");
  }

  @Test
  @DisplayName("A database outage closes nothing, and polling continues")
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
    clock.move(Duration.ofHours(24));
    time.pass(POLL);
    assertThat(heard).containsExactly("a session expired");
  }

  @Test
  @DisplayName("The database is polled only while a connection is open")
  void pollsWhenNeeded() {
    assertThat(time.armed(POLL)).isZero();
    Socket first = new Socket("a", "s1");
    Socket second = new Socket("b", "s2");
    assertThat(time.armed(POLL)).isEqualTo(1);
    kept.remove(first);
    assertThat(time.armed(POLL)).isEqualTo(1);
    kept.remove(second);
    kept.remove(second);
    assertThat(time.armed(POLL)).isZero();
    assertThat(time.armed(PING)).isZero();
    new Socket("c", "s3");
    assertThat(time.armed(POLL)).isEqualTo(1);
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
