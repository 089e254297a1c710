package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The audit trail")
class AuditTest extends PairingContract {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM pairing_audit",
        "UPDATE pairing_audit SET actor = 'nobody'",
        "REPLACE INTO pairing_audit (id, at, actor, surface, action) VALUES (1, 0, 'x', 'x', 'x')"
      })
  @DisplayName("cannot be changed, not even by SQL")
  void isAppendOnly(String statement) throws SQLException {
    seed("ana");
    List<AuditEntry> before = audit();
    try (Connection other = outside();
        Statement sql = other.createStatement()) {
      assertThatThrownBy(() -> sql.execute(statement)).isInstanceOf(SQLException.class);
    }
    assertThat(audit()).isEqualTo(before);
  }

  @Test
  @DisplayName("holds no code")
  void holdsNoCode() {
    String code = challenged("stranger").request().code().value();
    approve(code);
    assertThat(audit().toString()).doesNotContain(code);
  }

  @Test
  @DisplayName("is newest first, paged, and filtered by account, sender and time")
  void filters() {
    for (int i = 0; i < 10; i++) {
      seed("sender " + i);
      pairing.clock().move(Duration.ofSeconds(1));
    }
    List<Long> ids = new ArrayList<>();
    String cursor = null;
    do {
      Page<AuditEntry> page =
          pairing
              .store()
              .audit(
                  new AuditFilter(new AccountFilter("chat", "default"), null, null),
                  new PageRequest(3, cursor));
      page.items().forEach(entry -> ids.add(entry.id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(ids).hasSize(10).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(only(null, "sender 3")).hasSize(1);
    assertThat(only("mail", null)).isEmpty();
    assertThat(
            pairing
                .store()
                .audit(
                    new AuditFilter(
                        AccountFilter.ALL, null, pairing.clock().instant().minusSeconds(2)),
                    ALL)
                .items())
        .hasSize(2);
  }

  private List<AuditEntry> only(String channel, String sender) {
    return pairing
        .store()
        .audit(new AuditFilter(new AccountFilter(channel, null), sender, null), ALL)
        .items();
  }
}
