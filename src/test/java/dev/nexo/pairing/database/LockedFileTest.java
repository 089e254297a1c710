package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.testing.PairingContainer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file that another process has locked for writing. */
@DisplayName("Locked database file")
class LockedFileTest {

  @TempDir Path directory;

  @Test
  @DisplayName("All changes of one request together wait at most 5.5 s for the lock")
  void request() throws Exception {
    Path file = directory.resolve("pairing.db");
    try (PairingContainer pairing = PairingContainer.over(file).open();
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      Database database = pairing.get(Database.class);
      statement.execute("BEGIN IMMEDIATE");
      long start = System.nanoTime();
      try (StorageBudget budget = StorageBudget.open()) {
        for (int i = 0; i < 6; i++) {
          assertThatThrownBy(() -> database.mark(tx -> tx.run("DELETE FROM pairing_pending")))
              .isInstanceOf(StorageUnavailableException.class);
        }
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(2), Duration.ofMillis(5_500));
      statement.execute("ROLLBACK");
      database.mark(tx -> tx.run("DELETE FROM pairing_pending"));
    }
  }
}
