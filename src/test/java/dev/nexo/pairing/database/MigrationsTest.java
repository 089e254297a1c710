package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Migrations")
@OnEveryDatabase
class MigrationsTest extends PairingContract {

  private static final String HISTORY = "pairing_schema_history";

  private void sql(String statement) throws SQLException {
    try (Connection other = outside();
        Statement run = other.createStatement()) {
      run.execute(statement);
    }
  }

  private void openAgain() {
    pairing =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(StorageSettings.class, storage)
            .open();
  }

  private String history() throws SQLException {
    try (Connection other = outside();
        Statement statement = other.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(*), max(installed_rank) FROM " + HISTORY)) {
      row.next();
      return row.getString(1) + " " + row.getString(2);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"99", Migrations.NEWEST + ".1", Migrations.NEWEST + "0"})
  @DisplayName("A database of a newer release is refused and not changed:")
  void newer(String version) throws SQLException {
    seed("ana");
    pairing.close();
    sql(
        "INSERT INTO "
            + HISTORY
            + " (installed_rank, version, description, type, script, checksum, installed_by,"
            + " execution_time, success) SELECT 100, '"
            + version
            + "', 'later', 'SQL', 'V"
            + version
            + "__later.sql', 1, installed_by, 1, success FROM "
            + HISTORY
            + " WHERE version = '"
            + Migrations.NEWEST
            + "'");
    String before = history();
    try (LogCapture log = LogCapture.of("dev.nexo.pairing")) {
      openAgain();
      assertThat(log.lines("NXP-0010")).isOne();
      assertThat(log.text()).contains("version " + version, "newer release", "nexo-pair restore");
    }
    assertThat(write("ana")).isEqualTo(new Drop(DropReason.STORAGE));
    assertThat(write("stranger")).isEqualTo(new Drop(DropReason.STORAGE));
    assertThat(pairing.get(Database.class).check().up()).isFalse();
    assertThat(pairing.get(DatabaseCheck.class).examine())
        .filteredOn(finding -> finding.check().equals("database"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo("NXP-1116");
              assertThat(finding.level()).isEqualTo(Finding.Level.FAULT);
              assertThat(finding.remedy()).contains(storage.name());
            });
    assertThat(history()).isEqualTo(before);
    sql("DELETE FROM " + HISTORY + " WHERE installed_rank = 100");
    pairing.close();
    openAgain();
    assertThat(write("ana")).isInstanceOf(Admit.class);
  }
}
