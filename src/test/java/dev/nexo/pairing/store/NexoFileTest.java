package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.database.Migrations;
import dev.nexo.pairing.platform.PairingCodeGenerator;
import dev.nexo.pairing.testing.PairingContainer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Database file of Nexo")
class NexoFileTest {

  private static final PageRequest ALL = new PageRequest(1000, null);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = Files.write(directory.resolve("pairing.db"), Vectors.bytes("nexo-pairing.db"));
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  @Test
  @DisplayName("Accounts that no message can come from are not listed")
  void impossibleAccounts() throws SQLException {
    sql(
        "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
            + " VALUES ('chat', 'My Phone', 'ana', 1), ('Chat', 'home', 'ana', 1),"
            + " ('chat', '', 'ana', 1), ('chat', 'work', 'ana', 1)",
        "INSERT INTO pairing_pending (channel, account_id, sender_id, code, created_at)"
            + " VALUES ('chat', 'a..b', 'bob', 'ODDROWAA', 1), ('zulu', 'home', 'bob', 'ODDROWAB', 1)");
    try (PairingContainer pairing = new PairingContainer(file)) {
      assertThat(pairing.store().accounts(100))
          .contains(new ChannelAccount("chat", "work"), new ChannelAccount("zulu", "home"))
          .noneMatch(account -> account.accountId().contains("My"));
    }
  }

  private List<String> column(String select) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(select)) {
      List<String> values = new java.util.ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  @Test
  @DisplayName("It opens in place with every row of the vector")
  void opensAsItIs() {
    JsonObject expected = Vectors.json("nexo-pairing.json").asJsonObject();
    try (PairingContainer pairing = new PairingContainer(file)) {
      List<AllowedSender> allowed =
          pairing.store().allowed(new AllowFilter(AccountFilter.ALL, null, true), ALL).items();
      assertThat(allowed)
          .extracting(row -> row.sender().toString() + " " + row.approvedAt().getEpochSecond())
          .containsExactlyInAnyOrderElementsOf(
              expected.getJsonArray("allow").getValuesAs(JsonObject.class).stream()
                  .map(
                      row ->
                          "%s:%s:%s %d"
                              .formatted(
                                  row.getString("channel"),
                                  row.getString("account_id"),
                                  row.getString("sender_id"),
                                  row.getInt("approved_at")))
                  .toList());
      assertThat(allowed).filteredOn(row -> row.revokedAt() != null).hasSize(1);

      List<PendingRequest> pending = pairing.store().pending(AccountFilter.ALL, ALL).items();
      assertThat(pending).hasSize(1);
      assertThat(pending.get(0).code().value()).isEqualTo("2Q99QEA3");
      assertThat(pending.get(0).metaJson()).isEqualTo("{\"name\":\"Ana\"}");
      assertThat(pending.get(0).requestId()).hasSize(32);
    }
  }

  @Test
  @DisplayName("Nexo's own statements still work afterwards")
  void servesNexo() throws SQLException {
    new PairingContainer(file).close();
    sql(
        "INSERT INTO pairing_pending (channel, account_id, sender_id, code, created_at)"
            + " VALUES ('chat', 'default', 'nexo', 'ABCDEFGH', 4070908740)",
        "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
            + " VALUES ('chat', 'default', 'by nexo', 1767225600)",
        "CREATE INDEX IF NOT EXISTS idx_pairing_pending_code ON pairing_pending(code)");
    assertThat(column("SELECT code FROM pairing_pending WHERE sender_id = 'nexo'"))
        .containsExactly("ABCDEFGH");
    assertThat(column("SELECT request_id FROM pairing_pending")).doesNotContainNull().hasSize(3);
    assertThat(column("SELECT number FROM pairing_pending ORDER BY number"))
        .as("also of rows from before")
        .containsExactly("1", "2", "3");
    assertThat(column("SELECT approved_via FROM pairing_allow_from WHERE sender_id = 'by nexo'"))
        .containsExactly("cli");
  }

  @Test
  @DisplayName("A duplicate code stays with the earlier row; the later gets a new one")
  void duplicateCodes() throws SQLException {
    sql(
        "INSERT INTO pairing_pending (channel, account_id, sender_id, code, created_at)"
            + " VALUES ('chat', 'default', 'later', '2Q99QEA3', 4070908741)");
    new PairingContainer(file).close();
    assertThat(column("SELECT sender_id FROM pairing_pending WHERE code = '2Q99QEA3'"))
        .containsExactly("+253811735837");
    assertThat(column("SELECT code FROM pairing_pending WHERE sender_id = 'later'").get(0))
        .matches(PairingCodeGenerator::isCode)
        .isNotEqualTo("2Q99QEA3");
  }

  @Test
  @DisplayName("Rows with ids that this module refuses are listed, too")
  void listsOddRows() throws SQLException {
    sql(
        "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
            + " VALUES ('Odd Channel', '', ' raw id ', 1767225600)");
    try (PairingContainer pairing = new PairingContainer(file)) {
      assertThat(
              pairing.store().allowed(new AllowFilter(AccountFilter.ALL, null, true), ALL).items())
          .extracting(row -> row.sender().senderId())
          .contains(" raw id ");
    }
  }

  @Test
  @DisplayName("It is migrated once and then left unchanged")
  void migratesOnce() throws SQLException {
    new PairingContainer(file).close();
    List<String> before = column("SELECT sql FROM sqlite_master ORDER BY name");
    new PairingContainer(file).close();
    assertThat(column("SELECT sql FROM sqlite_master ORDER BY name")).isEqualTo(before);
    assertThat(column("SELECT max(CAST(version AS INTEGER)) FROM pairing_schema_history"))
        .containsExactly(Migrations.NEWEST);
  }
}
