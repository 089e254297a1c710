package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.testing.PairingContainer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Check of raw senders by the doctor")
class RawSenderCheckTest {

  private static final Actor OPERATOR = new Actor("operator", Surface.API);
  private static final ChannelAccount ACCOUNT = new ChannelAccount("chat", "default");

  @TempDir Path directory;
  private PairingContainer pairing;

  @BeforeEach
  void open() {
    pairing = PairingContainer.over(directory.resolve("pairing.db")).open();
  }

  @AfterEach
  void close() {
    pairing.close();
  }

  private List<Finding> examine() {
    return new RawSenderCheck(
            pairing.store(),
            pairing.get(PairingAdapterRegistry.class),
            pairing.get(PairingGate.class))
        .examine();
  }

  private void seedLikeNexo(String senderId) throws SQLException {
    try (var nexo = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("pairing.db"));
        var insert =
            nexo.prepareStatement(
                "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
                    + " VALUES ('chat', 'default', ?, 1)")) {
      insert.setString(1, senderId);
      insert.executeUpdate();
    }
  }

  @Test
  @DisplayName("Rows that never match are named with the command that normalizes them")
  void rawRows() throws SQLException {
    pairing.store().seed(ACCOUNT, List.of(new SeedEntry("ben", null)), OPERATOR);
    assertThat(examine()).extracting(Finding::level).containsExactly(Finding.Level.OK);
    seedLikeNexo("@Ana");
    seedLikeNexo("bad.0");
    seedLikeNexo("Eve'; rm -rf /");
    seedLikeNexo("+1 555 A");
    assertThat(examine())
        .extracting(Finding::remedy)
        .anyMatch(
            remedy ->
                remedy.endsWith(
                    "nexo-pair revoke chat:@Ana --account default"
                        + " && nexo-pair seed chat default @Ana"))
        .anyMatch(remedy -> remedy.endsWith("nexo-pair revoke chat:bad.0 --account default"))
        .anyMatch(remedy -> remedy.endsWith("nexo-pair seed chat default <sender>"))
        .anyMatch(remedy -> remedy.endsWith("nexo-pair seed chat default '+1 555 A'"))
        .hasSize(4);
    pairing.store().seed(ACCOUNT, List.of(new SeedEntry("@Ana", null)), OPERATOR);
    assertThat(examine()).hasSize(3);
  }

  @Test
  @DisplayName("The remedy for a revoked, denied or blocked sender does not admit them")
  void endedElsewhere() throws SQLException {
    pairing.store().seed(ACCOUNT, List.of(new SeedEntry("ana", null)), OPERATOR);
    pairing.store().revoke(SenderKey.of(ACCOUNT, "ana"), OPERATOR);
    pairing.store().block(SenderKey.of(ACCOUNT, "ben"), null, OPERATOR);
    seedLikeNexo("Ana");
    seedLikeNexo("BEN");
    assertThat(examine())
        .extracting(Finding::remedy)
        .hasSize(2)
        .noneMatch(remedy -> remedy.contains("seed"))
        .anyMatch(remedy -> remedy.endsWith("nexo-pair revoke chat:Ana --account default"));
  }
}
