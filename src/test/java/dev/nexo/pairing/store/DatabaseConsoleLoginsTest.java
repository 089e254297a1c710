package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.ConsoleLogin;
import dev.nexo.pairing.internal.ConsoleLogins;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testkit.MovableClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Database console logins")
@OnEveryDatabase
class DatabaseConsoleLoginsTest extends PairingContract {

  private static final Actor OLGA = new Actor("olga", Surface.CONSOLE);

  private ConsoleLogins logins() {
    return pairing.get(ConsoleLogins.class);
  }

  private static String token(int number) {
    return "%064x".formatted(number);
  }

  private long rows() throws SQLException {
    try (Connection connection = outside();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM pairing_console_login")) {
      count.next();
      return count.getLong(1);
    }
  }

  @Test
  @DisplayName("A login is found by its token for twelve hours")
  void lasts() {
    ConsoleLogin login = logins().open(token(1), "aa", OLGA);
    assertThat(login)
        .isEqualTo(
            new ConsoleLogin(
                "olga", MovableClock.START, MovableClock.START.plusSeconds(43_200), "aa"));
    pairing.clock().move(Duration.ofHours(12).minusMillis(1));
    assertThat(logins().find(token(1))).contains(login);
    assertThat(logins().find(token(2))).isEmpty();
    pairing.clock().move(Duration.ofMillis(1));
    assertThat(logins().find(token(1))).isEmpty();
    assertThat(logins().end(token(1), OLGA)).as("over by itself").isFalse();
  }

  @Test
  @DisplayName("A login ends once, and start and end are in the audit trail")
  void ends() {
    logins().open(token(1), "aa", OLGA);
    logins().open(token(2), "aa", OLGA);
    assertThat(logins().end(token(1), OLGA)).isTrue();
    assertThat(logins().end(token(1), OLGA)).isFalse();
    assertThat(logins().find(token(1))).isEmpty();
    assertThat(logins().find(token(2))).isPresent();
    assertThat(audit())
        .extracting("action")
        .containsExactly("login_ended", "login_opened", "login_opened");
    assertThat(audit()).extracting("actor").containsOnly("olga");
    assertThat(audit()).extracting("detail").containsOnlyNulls();
  }

  @Test
  @DisplayName("A login is valid on every server and after a restart")
  void isShared() {
    ConsoleLogin login = logins().open(token(1), "aa", OLGA);
    try (PairingContainer other =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(Clock.class, pairing.clock())
            .with(StorageSettings.class, storage)
            .open()) {
      assertThat(other.get(ConsoleLogins.class).find(token(1))).contains(login);
      assertThat(other.get(ConsoleLogins.class).end(token(1), OLGA)).isTrue();
      assertThat(logins().find(token(1))).as("at once").isEmpty();
    }
  }

  @Test
  @DisplayName("The 101st login ends the oldest one")
  void areLimited() throws SQLException {
    for (int i = 0; i < ConsoleLogins.MAX_LIVE; i++) {
      logins().open(token(i), "aa", OLGA);
      pairing.clock().move(Duration.ofMillis(1));
    }
    assertThat(logins().find(token(0))).isPresent();
    logins().open(token(100), "aa", OLGA);
    assertThat(logins().find(token(0))).isEmpty();
    assertThat(logins().find(token(1))).isPresent();
    assertThat(logins().find(token(100))).isPresent();
    assertThat(rows()).isEqualTo(ConsoleLogins.MAX_LIVE);
  }

  @Test
  @DisplayName("An expired login is deleted, and no sooner")
  void isSwept() throws SQLException {
    logins().open(token(1), "aa", OLGA);
    DatabaseConsoleLogins sweep = pairing.get(DatabaseConsoleLogins.class);
    sweep.sweep(pairing.clock().instant().plus(ConsoleLogins.LIFETIME).minusMillis(1));
    assertThat(rows()).isEqualTo(1);
    sweep.sweep(pairing.clock().instant().plus(ConsoleLogins.LIFETIME));
    assertThat(rows()).isZero();
  }

  @Test
  @DisplayName("No string representation contains a secret")
  void redacted() {
    assertThat(logins().open(token(1), "aabbcc", OLGA).toString()).doesNotContain("aabbcc");
  }
}
