package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Identity of the store")
@OnEveryDatabase
class StoreIdentityTest extends PairingContract {

  private void sql(String... statements) throws SQLException {
    try (Connection other = outside();
        Statement statement = other.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void assertRefused() {
    Database opened = pairing.get(Database.class);
    assertThatThrownBy(opened::narrowedByOthers).isInstanceOf(StorageUnavailableException.class);
    assertThat(write("ana")).isEqualTo(new Drop(DropReason.STORAGE));
    assertThatThrownBy(() -> seed("carl")).isInstanceOf(StorageUnavailableException.class);
    assertThat(opened.check().up()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a state with fewer changes was restored  | SET changes = changes - 1
          the changes were never counted           | SET changes = 0
          another database took its place          | SET store_id = 'other', changes = changes + 100
          another server went on from an old state | SET opening = 'x', opened_at = changes, \
          changes = changes + 100
          """)
  @DisplayName("Every call is refused if")
  void refused(String reason, String change) throws SQLException {
    seed("ana");
    sql("UPDATE pairing_store " + change);
    assertRefused();
    assertRefused();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a database without tables took its place    | ALTER TABLE pairing_store RENAME TO gone
          a database without this row took its place  | DELETE FROM pairing_store
          """)
  @DisplayName("Every call is refused if the store is empty:")
  void empty(String reason, String change) throws SQLException {
    seed("ana");
    sql(change);
    assertRefused();
  }

  @Test
  @DisplayName("A change is refused before the next check")
  void refusedInTransaction() throws SQLException {
    seed("ana");
    pairing.get(Database.class).narrowedByOthers();
    sql("UPDATE pairing_store SET changes = changes - 1");
    assertThatThrownBy(() -> seed("carl")).isInstanceOf(StorageUnavailableException.class);
    assertThat(write("ana")).as("and every read after it").isEqualTo(new Drop(DropReason.STORAGE));
  }

  @Test
  @DisplayName("If the newest state is back, calls succeed again and caches forget")
  void back() throws SQLException {
    seed("ana");
    pairing.get(Database.class).narrowedByOthers();
    sql("UPDATE pairing_store SET changes = changes - 1");
    assertRefused();
    sql("UPDATE pairing_store SET changes = changes + 1");
    assertThat(pairing.get(Database.class).narrowedByOthers()).isTrue();
    assertThat(write("ana")).isInstanceOf(Admit.class);
    seed("carl");
    assertThat(pairing.get(Database.class).narrowedByOthers()).isFalse();
  }

  @Test
  @DisplayName("A restart accepts the store; servers that were running do not follow")
  void restarted() throws SQLException {
    seed("ana");
    seed("bob");
    sql("UPDATE pairing_store SET changes = changes - 2");
    assertRefused();
    try (PairingContainer restarted = another()) {
      for (int i = 0; i < 5; i++) {
        restarted.store().seed(ACCOUNT, List.of(new SeedEntry("s" + i, null)), OPERATOR);
      }
      restarted.get(Database.class).narrowedByOthers();
      assertRefused();
    }
  }

  private PairingContainer another() {
    return PairingContainer.over(directory.resolve("pairing.db"))
        .with(StorageSettings.class, storage)
        .open();
  }

  @Test
  @DisplayName("Servers that start, change and check at the same time accept each other")
  void together() throws Exception {
    try (PairingContainer other = another()) {
      List<PairingContainer> servers = List.of(pairing, other);
      Together.run(
          8,
          i -> {
            PairingContainer server = servers.get(i % 2);
            for (int n = 0; n < 15; n++) {
              if (i < 4) {
                int number = n;
                server
                    .store()
                    .seed(ACCOUNT, List.of(new SeedEntry("s" + i + "-" + number, null)), OPERATOR);
              } else if (i == 4 && n % 5 == 0) {
                another().close();
              } else {
                server.get(Database.class).narrowedByOthers();
                server.get(Database.class).check();
              }
            }
            return null;
          });
      for (PairingContainer server : servers) {
        assertThatCode(() -> server.get(Database.class).narrowedByOthers())
            .doesNotThrowAnyException();
      }
    }
  }
}
