package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.PairingEvent.SessionOpened;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.config.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Session storage failures")
class SessionStorageFailureTest extends SessionContract {

  private static void unavailable(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  @DisplayName("A token that cannot be spent opens no session and stays redeemable")
  void locked() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      unavailable(() -> sessions().redeem(token(), null));
      statement.execute("ROLLBACK");
    }
    assertThat(world.notices.of(SessionOpened.class)).isEmpty();
    assertThat(tried()).isEmpty();
    assertThat(sessions().live()).isZero();
    redeemed(token());
  }

  @Test
  @DisplayName("If the audit line fails, no session opens and the token is unspent")
  void oneTransaction() throws SQLException {
    sql(
        "CREATE TRIGGER refuse BEFORE INSERT ON pairing_audit BEGIN SELECT RAISE(ABORT, 'no'); END");
    unavailable(() -> sessions().redeem(token(), null));
    assertThat(sessions().live()).isZero();
    sql("DROP TRIGGER refuse");
    Redemption.Opened opened = redeemed(token());
    sql(
        "CREATE TRIGGER refuse BEFORE INSERT ON pairing_audit BEGIN SELECT RAISE(ABORT, 'no'); END");
    unavailable(() -> sessions().rotate(opened.token(), null));
    unavailable(() -> sessions().signOut(opened.token()));
    unavailable(() -> sessions().revoke(opened.session().sessionId(), OPERATOR));
    assertThat(honoured(opened)).isTrue();
  }

  private void sql(String statement) throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement run = other.createStatement()) {
      run.execute(statement);
    }
  }

  @Test
  @DisplayName("Replays are refused without waiting and recorded in few lines")
  void replaysDoNotPileUp() throws SQLException {
    redeemed(token());
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      long start = System.nanoTime();
      for (int i = 0; i < 24; i++) {
        refused(sessions().redeem(token(), null));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("less than one wait for the lock")
          .isLessThan(Duration.ofSeconds(5));
      statement.execute("ROLLBACK");
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> replays() > 0);
    // Those that arrived while the first were reported, and those that arrived later.
    await().during(Duration.ofMillis(300)).until(() -> replays() <= 3);
    long before = replays();
    refused(sessions().redeem(token(), null));
    await().atMost(Duration.ofSeconds(10)).until(() -> replays() == before + 1);
  }

  private long replays() {
    return world.actions().stream().filter("token_replayed"::equals).count();
  }

  @Test
  @DisplayName("While the database is unavailable no answer claims a session ended")
  void notOpen() throws IOException {
    Path inTheWay = Files.writeString(directory.resolve("data"), "not a directory");
    try (SessionWorld broken =
        new SessionWorld(StorageSettings.file(inTheWay.resolve("pairing.db")), clock, settings())) {
      unavailable(() -> broken.sessions().redeem(token(), null));
      unavailable(() -> broken.sessions().challenge(token()));
      unavailable(() -> broken.sessions().list(ALL));
      unavailable(() -> broken.sessions().live());
      assertThat(broken.sessions().blindChallenge(token()).value()).hasSize(43);
    }
  }
}
