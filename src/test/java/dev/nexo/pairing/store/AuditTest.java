package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.testing.OnEveryDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Audit trail")
@OnEveryDatabase
class AuditTest extends PairingContract {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM pairing_audit",
        "UPDATE pairing_audit SET actor = 'nobody'",
        "REPLACE INTO pairing_audit (id, at, actor, surface, action) VALUES (1, 0, 'x', 'x', 'x')"
      })
  @DisplayName("It cannot be changed, not even by SQL")
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
  @DisplayName("It contains no code")
  void holdsNoCode() {
    String code = challenged("stranger").request().code().value();
    approve(code);
    assertThat(audit().toString()).doesNotContain(code);
  }

  @Test
  @DisplayName("It is newest first, paged, and filtered by account, sender and time")
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

  @Test
  @DisplayName("It can be read from any line on, with the request of each line")
  void readsOn() {
    assertThat(pairing.store().newestAuditId()).isZero();
    assertThat(pairing.store().auditAfter(0, 10)).isEmpty();
    String request = challenged("stranger").request().requestId();
    approve(request);
    seed("ana", "bob");
    List<AuditEntry> lines = pairing.store().auditAfter(0, 10);
    assertThat(lines)
        .extracting(AuditEntry::action)
        .containsExactly("challenged", "approved", "seeded", "seeded");
    assertThat(lines).extracting(AuditEntry::subject).containsExactly(request, request, null, null);
    List<AuditEntry> newestFirst = new ArrayList<>(audit());
    Collections.reverse(newestFirst);
    assertThat(lines).isEqualTo(newestFirst);
    assertThat(pairing.store().newestAuditId()).isEqualTo(lines.get(3).id());
    assertThat(pairing.store().auditAfter(lines.get(0).id(), 2)).isEqualTo(lines.subList(1, 3));
    assertThat(pairing.store().auditAfter(lines.get(3).id(), 10)).isEmpty();
  }

  @Test
  @DisplayName("A line leads to its request as long as that is pending")
  void findsTheRequest() {
    String request = challenged("stranger").request().requestId();
    assertThat(pairing.store().pending(request)).contains(pending().get(0));
    assertThat(pairing.store().pending("none")).isEmpty();
    pairing.clock().move(Duration.ofMinutes(60));
    assertThat(pairing.store().pending(request)).as("it has run out").isEmpty();
  }

  private List<AuditEntry> only(String channel, String sender) {
    return pairing
        .store()
        .audit(new AuditFilter(new AccountFilter(channel, null), sender, null), ALL)
        .items();
  }
}
