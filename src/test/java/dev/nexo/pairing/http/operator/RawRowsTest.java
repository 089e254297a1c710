package dev.nexo.pairing.http.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.http.fake.FakeKnownAccounts;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Revocation of rows that Nexo stored as they were typed")
@OnEveryDatabase
class RawRowsTest {

  private static final Actor OPERATOR = new Actor("operator", Surface.API);
  private static final ChannelAccount ACCOUNT = new ChannelAccount("chat", "default");

  @Parameter private TestDatabase kind;
  @TempDir private Path directory;

  private StorageSettings storage;
  private PairingContainer pairing;
  private SenderParser senders;

  @BeforeEach
  void open() {
    Path file = directory.resolve("pairing.db");
    storage = kind.create(file);
    pairing = PairingContainer.over(file).with(StorageSettings.class, storage).open();
    senders = new SenderParser(pairing.get(PairingAdapterRegistry.class), new FakeKnownAccounts());
  }

  @AfterEach
  void close() {
    pairing.close();
  }

  private Connection nexo() throws SQLException {
    return kind == TestDatabase.SQLITE
        ? DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("pairing.db"))
        : DriverManager.getConnection(
            storage.url().orElseThrow(),
            storage.username().orElseThrow(),
            storage.password().orElseThrow());
  }

  private void seedLikeNexo(String senderId) throws SQLException {
    try (Connection nexo = nexo();
        var insert =
            nexo.prepareStatement(
                "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
                    + " VALUES ('chat', 'default', ?, 1)")) {
      insert.setString(1, senderId);
      insert.executeUpdate();
    }
  }

  private void seed(String senderId) {
    pairing.store().seed(ACCOUNT, List.of(new SeedEntry(senderId, null)), OPERATOR);
  }

  private int revoke(String senderId, boolean everywhere) {
    return SenderChanges.revoke(
        pairing.store(), senders.parse(ACCOUNT, senderId, everywhere), everywhere, OPERATOR);
  }

  private List<String> active() {
    AllowFilter filter = new AllowFilter(new AccountFilter("chat", null), null, false);
    return pairing.store().allowed(filter, new PageRequest(100, null)).items().stream()
        .map(row -> row.sender().senderId())
        .toList();
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "Ana, Ana, false, 2, the id as stored",
    "Ana, chat:default:Ana, false, 2, the form that list prints",
    "chat:default:Ana, chat:default:Ana, false, 2, a row in the form that approve prints",
    "Ana, Ana, true, 2, on all accounts",
    "Ana, ana, false, 1, the canonical id hits its own row",
    "Ana, ANA, false, 1, another spelling hits the canonical row",
  })
  @DisplayName("A revocation hits the canonical row and the row with the id as given")
  void both(String stored, String given, boolean everywhere, int revoked, String why)
      throws SQLException {
    seed("ana");
    seedLikeNexo(stored);
    assertThat(revoke(given, everywhere)).as(why).isEqualTo(revoked);
    assertThat(active()).as(why).hasSize(2 - revoked).doesNotContain("ana");
    assertThat(pairing.gate().dryRun(ACCOUNT, List.of("ana")).admit()).as(why).isEmpty();
  }

  @Test
  @DisplayName("The doctor's remedy leaves the sender admitted by the canonical row only")
  void remedy() throws SQLException {
    seedLikeNexo("Ana");
    assertThat(pairing.gate().dryRun(ACCOUNT, List.of("ana")).admit()).isEmpty();
    // Repeating it changes nothing.
    for (int i = 0; i < 2; i++) {
      revoke("Ana", false);
      seed("Ana");
      assertThat(active()).containsExactly("ana");
      assertThat(pairing.gate().dryRun(ACCOUNT, List.of("Ana")).admit()).containsExactly("ana");
    }
  }

  @Test
  @DisplayName("An id that the adapter rejects is revoked if a row has it")
  void rejected() throws SQLException {
    seedLikeNexo("bad.0");
    assertThat(revoke("bad.0", false)).isEqualTo(1);
    assertThatThrownBy(() -> revoke("bad.0", false)).isInstanceOf(InvalidValueException.class);
  }
}
