package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Write probe")
@OnEveryDatabase
class WriteProbeTest extends PairingContract {

  private Database database() {
    return pairing.get(Database.class);
  }

  private long counter() throws SQLException {
    try (Connection other = outside();
        Statement statement = other.createStatement();
        ResultSet row = statement.executeQuery("SELECT writes FROM pairing_storage_check")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Makes every other probe wait until the connection is closed. */
  private void lock(Statement statement) throws SQLException {
    statement.execute(
        database == TestDatabase.SQLITE
            ? "BEGIN IMMEDIATE"
            : "BEGIN; LOCK TABLE pairing_storage_check IN EXCLUSIVE MODE");
  }

  @Test
  @DisplayName("The probe commits a counter that only increases")
  void writes() throws Exception {
    assertThat(database().check().up()).isTrue();
    long first = counter();
    assertThat(first).isPositive();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> database().check().up() && counter() > first);
  }

  @Test
  @DisplayName("The probe writes at most once a second")
  void writesRarely() throws SQLException {
    database().check();
    long before = counter();
    long start = System.nanoTime();
    long asked = 0;
    while (counter() < before + 2) {
      assertThat(database().check().up()).isTrue();
      asked++;
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    assertThat(counter() - before).isLessThanOrEqualTo(seconds + 1);
    assertThat(asked).isGreaterThan(counter() - before);
  }

  @Test
  @DisplayName("One caller waits for the probe; it fails for the others after 2 s")
  void waitsAlone() throws Exception {
    assertThat(database().check().up()).isTrue();
    CompletableFuture<Boolean> waiting;
    try (Connection other = outside();
        Statement statement = other.createStatement()) {
      lock(statement);
      await().pollDelay(Duration.ofMillis(1_100)).until(() -> true);
      waiting = CompletableFuture.supplyAsync(() -> database().check().up());
      await().pollDelay(Duration.ofMillis(300)).until(() -> true);
      long start = System.nanoTime();
      assertThat(database().check().up()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_500));
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(Duration.ofSeconds(4))
          .until(() -> !database().check().up());
      assertThat(waiting.get(6, TimeUnit.SECONDS)).isFalse();
      assertThat(database().check().details().get("database")).contains("no answer within 5 s");
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> database().check().up());
  }
}
