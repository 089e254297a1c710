package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.TestDatabase;
import dev.nexo.pairing.testing.Together;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Turns on PostgreSQL")
@Tag("postgresql")
class TurnsPostgresTest extends PairingContract {

  /** The advisory lock of all writers. */
  private static final long TURN = 0x6e65786fL;

  private static final String COUNT = "UPDATE pairing_storage_check SET writes = writes + 1";

  TurnsPostgresTest() {
    database = TestDatabase.POSTGRESQL;
  }

  private Database database() {
    return pairing.get(Database.class);
  }

  @Test
  @DisplayName("The readiness check and marks do not wait for the turn; changes do")
  void withoutTurn() throws Exception {
    assertThat(database().check().up()).isTrue();
    try (Connection other = outside();
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + TURN + ")");
      // Longer than the last result is valid, so that the check writes.
      await().pollDelay(Duration.ofMillis(1_100)).until(() -> true);
      long start = System.nanoTime();
      assertThat(database().check().up()).isTrue();
      assertThat(database().<Integer>mark(tx -> tx.run(COUNT))).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThatThrownBy(() -> database().write(tx -> tx.run(COUNT)))
          .isInstanceOf(StorageUnavailableException.class);
    }
  }

  @ParameterizedTest(name = "SQLSTATE {0}, {1} times: {2} tries ({3})")
  @CsvSource({
    "40P01, 1, 2, a deadlock",
    "40001, 4, 5, a serialization failure that lasts",
    "40001, 9, 5, never without a bound",
    "40P01, 9, 5, never without a bound",
    "57014, 1, 1, a canceled statement",
    "23514, 1, 1, a violated check of a statement",
    "40003, 1, 1, completion unknown: the change may be there already",
  })
  @DisplayName("Only failures that changed nothing and may pass are retried")
  void retries(String state, int failures, int tries, String reason) {
    AtomicInteger tried = new AtomicInteger();
    SqlFunction<Transaction, Integer> change =
        tx -> {
          if (tried.incrementAndGet() <= failures) {
            tx.run("DO $$ BEGIN RAISE EXCEPTION 'test' USING ERRCODE = '" + state + "'; END $$");
          }
          return tx.run(COUNT);
        };
    if (tries > failures) {
      assertThat(database().<Integer>write(change)).as(reason).isEqualTo(1);
    } else {
      assertThatThrownBy(() -> database().write(change))
          .as(reason)
          .isInstanceOf(StorageUnavailableException.class);
    }
    assertThat(tried).hasValue(tries);
  }

  @Test
  @DisplayName("A real deadlock of two marks ends with both of them done")
  void deadlock() throws Exception {
    seed("ana", "bob");
    // Opens the connections, so that the time for further tries is not spent on that.
    Together.run(2, i -> database().<Integer>mark(tx -> tx.run(COUNT)));
    AtomicInteger firstRows = new AtomicInteger();
    Together.run(
        2,
        i ->
            database()
                .<Integer>mark(
                    tx -> {
                      tx.run(note(i == 0 ? "ana" : "bob"));
                      firstRows.incrementAndGet();
                      await().pollInterval(Duration.ofMillis(5)).until(() -> firstRows.get() >= 2);
                      return tx.run(note(i == 0 ? "bob" : "ana"));
                    }));
    assertThat(allowed(false)).allSatisfy(row -> assertThat(row.note()).isEqualTo("seen"));
    assertThat(firstRows.get()).as("one was the victim, and ran again").isGreaterThan(2);
  }

  private static String note(String sender) {
    return "UPDATE pairing_allow_from SET note = 'seen' WHERE sender_id = '" + sender + "'";
  }
}
