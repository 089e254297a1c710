package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nexo.pairing.companion.LiveSession;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.config.SessionSettings;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.TestDatabase;
import dev.nexo.pairing.testing.Together;
import dev.nexo.pairing.testkit.MovableClock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Session expiry")
@OnEveryDatabase
class SessionExpiryTest extends SessionContract {

  private Instant lastSeen() {
    return listed().get(0).lastSeenAt();
  }

  @Test
  @DisplayName("A session ends exactly at its expiry")
  void expires() {
    Redemption.Opened opened = redeemed(token());
    clock.move(Duration.ofHours(24).minusMillis(1));
    assertThat(honoured(opened)).isTrue();
    clock.move(Duration.ofMillis(1));
    assertThat(honoured(opened)).isFalse();
    assertThat(listed()).isEmpty();
    assertThat(sessions().live()).isZero();
    assertThat(sessions().signOut(opened.token())).isFalse();
    assertThat(sessions().revoke(opened.session().sessionId(), OPERATOR)).isFalse();
    refused(sessions().rotate(opened.token(), null));
  }

  static Stream<Arguments> foreignTokens() {
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("not base64url", "ä".repeat(43)),
        Arguments.of("somebody's guess", "A".repeat(43)),
        Arguments.of("128 characters", "A".repeat(128)),
        Arguments.of("129 characters", "A".repeat(129)),
        Arguments.of("a megabyte", "A".repeat(1_000_000)),
        Arguments.of("a bootstrap token", "signed~" + NONCE + "~9999999999999~"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("foreignTokens")
  @DisplayName("A foreign token opens no session")
  void foreign(String what, String text) {
    redeemed(token());
    SessionToken token = new SessionToken(text);
    assertThat(sessions().find(token)).isEmpty();
    assertThat(sessions().signOut(token)).isFalse();
    refused(sessions().rotate(token, null));
    assertThat(sessions().live()).isEqualTo(1);
  }

  @Test
  @DisplayName("The token's hash or a longer token opens no session")
  void nearlyTheToken() {
    Redemption.Opened opened = redeemed(token());
    String value = opened.token().value();
    assertThat(sessions().find(new SessionToken(TokenHash.of(opened.token()).hex()))).isEmpty();
    assertThat(sessions().find(new SessionToken(value + "="))).isEmpty();
    assertThat(sessions().find(new SessionToken(value.substring(1)))).isEmpty();
  }

  @Test
  @DisplayName("Use is recorded at once and then once a minute")
  void notes() {
    Redemption.Opened opened = redeemed(token());
    assertThat(lastSeen()).isNull();
    assertThat(honoured(opened)).isTrue();
    assertThat(lastSeen()).isEqualTo(MovableClock.START);
    clock.move(Duration.ofMillis(59_999));
    assertThat(honoured(opened)).isTrue();
    assertThat(lastSeen()).isEqualTo(MovableClock.START);
    clock.move(Duration.ofMillis(1));
    assertThat(honoured(opened)).isTrue();
    assertThat(lastSeen()).isEqualTo(MovableClock.START.plusSeconds(60));
    clock.move(Duration.ofHours(-1));
    assertThat(honoured(opened)).isTrue();
    assertThat(lastSeen()).isEqualTo(MovableClock.START.plusSeconds(60));
  }

  @Test
  @DisplayName("A session ends after the configured idle time; use extends it")
  void idle() {
    world.close();
    world = new SessionWorld(storage(), clock, idleAfter(Duration.ofSeconds(100)));
    Redemption.Opened opened = redeemed(token());
    clock.move(Duration.ofMillis(99_999));
    assertThat(honoured(opened)).isTrue();
    clock.move(Duration.ofMillis(99_999));
    assertThat(honoured(opened)).isTrue();
    clock.move(Duration.ofSeconds(100));
    assertThat(honoured(opened)).isFalse();
    assertThat(listed()).isEmpty();
    assertThat(sessions().live()).isZero();
  }

  @Test
  @DisplayName("With an idle time of 100 s use is recorded every 10 s")
  void idleNotes() {
    world.close();
    world = new SessionWorld(storage(), clock, idleAfter(Duration.ofSeconds(100)));
    Redemption.Opened opened = redeemed(token());
    assertThat(honoured(opened)).isTrue();
    clock.move(Duration.ofMillis(9_999));
    assertThat(honoured(opened)).isTrue();
    assertThat(lastSeen()).isEqualTo(MovableClock.START);
    clock.move(Duration.ofMillis(1));
    assertThat(honoured(opened)).isTrue();
    assertThat(lastSeen()).isEqualTo(MovableClock.START.plusSeconds(10));
  }

  /** A way to use a session; false if the session is not live. */
  private enum Use {
    RESUMED_OVER_PAIR {
      @Override
      boolean use(PairingSessionStore sessions, SessionToken token, String id) {
        return sessions.resume(token, null).isPresent();
      }
    },
    FOUND_OVER_HTTP_OR_BY_A_GUARD {
      @Override
      boolean use(PairingSessionStore sessions, SessionToken token, String id) {
        return sessions.find(token).isPresent();
      }
    },
    KEPT_OPEN {
      @Override
      boolean use(PairingSessionStore sessions, SessionToken token, String id) {
        List<LiveSession> live = sessions.liveAmong(Set.of(id));
        sessions.recordUse(live.stream().map(LiveSession::session).toList());
        return !live.isEmpty();
      }
    };

    abstract boolean use(PairingSessionStore sessions, SessionToken token, String id);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("A companion that comes back every day does not idle out")
  void daily(Use use) {
    world.close();
    Duration month = Duration.ofDays(30);
    // No renewal is due, because the session lasts until the maximum from the start.
    world =
        new SessionWorld(
            storage(), clock, new SessionSettings(month, Optional.of(Duration.ofHours(36)), month));
    Redemption.Opened opened = redeemed(token());
    String id = opened.session().sessionId();
    for (int day = 1; day < 30; day++) {
      clock.move(Duration.ofDays(1));
      assertThat(use.use(sessions(), opened.token(), id)).as("on day " + day).isTrue();
      assertThat(lastSeen()).isEqualTo(clock.instant());
    }
    assertThat(world.actions()).containsExactly("session_opened");
    clock.move(Duration.ofDays(1));
    assertThat(use.use(sessions(), opened.token(), id)).as("after the maximum").isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("A companion that stays away for the idle time has to pair again")
  void away(Use use) {
    world.close();
    world = new SessionWorld(storage(), clock, idleAfter(Duration.ofHours(12)));
    Redemption.Opened opened = redeemed(token());
    clock.move(Duration.ofHours(12));
    assertThat(use.use(sessions(), opened.token(), opened.session().sessionId())).isFalse();
  }

  @Test
  @DisplayName("A session with an open connection is in use")
  void connected() {
    closeWorld();
    world = new SessionWorld(storage(), clock, idleAfter(Duration.ofSeconds(100)));
    Redemption.Opened opened = redeemed(token());
    Set<String> ids = Set.of(opened.session().sessionId());
    for (int i = 0; i < 20; i++) {
      clock.move(Duration.ofSeconds(60));
      List<LiveSession> live = sessions().liveAmong(ids);
      assertThat(live).hasSize(1);
      sessions().recordUse(List.of(live.get(0).session()));
    }
    clock.move(Duration.ofSeconds(100));
    assertThat(sessions().liveAmong(ids)).isEmpty();
  }

  @Test
  @DisplayName("A locked file does not block the lookup of a session")
  void noteFails() throws Exception {
    assumeTrue(database == TestDatabase.SQLITE, "PostgreSQL has no file to lock");
    Redemption.Opened opened = redeemed(token());
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThat(Together.run(8, i -> honoured(opened))).containsOnly(true);
      long start = System.nanoTime();
      assertThat(honoured(opened)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("a note that failed is not tried again at once")
          .isLessThan(Duration.ofSeconds(4));
      statement.execute("ROLLBACK");
    }
    clock.move(Duration.ofSeconds(10));
    assertThat(honoured(opened)).isTrue();
    assertThat(lastSeen()).isEqualTo(MovableClock.START.plusSeconds(10));
  }

  @Test
  @DisplayName("An ended session stays ended if the clock is set back")
  void clockSetBack() throws SQLException {
    Redemption.Opened revoked = redeemed(token("1"));
    Redemption.Opened signedOut = redeemed(token("2"));
    Redemption.Opened rotated = redeemed(token("3"));
    Redemption.Opened expired = redeemed(token("4"));
    sessions().revoke(revoked.session().sessionId(), OPERATOR);
    sessions().signOut(signedOut.token());
    opened(sessions().rotate(rotated.token(), null));
    clock.move(Duration.ofHours(24));
    world.sweep();
    clock.move(Duration.ofHours(-48));
    for (Redemption.Opened opened :
        new Redemption.Opened[] {revoked, signedOut, rotated, expired}) {
      assertThat(honoured(opened)).isFalse();
    }
    for (String nonce : new String[] {"1", "2", "3", "4"}) {
      refused(sessions().redeem(token(nonce), null));
    }
  }

  @Test
  @DisplayName("Every lookup returns the same session")
  void same() {
    Redemption.Opened opened = redeemed(token());
    try (SessionWorld other = open()) {
      Optional<PairingSession> there = other.sessions().find(opened.token());
      assertThat(there).contains(opened.session());
    }
  }
}
