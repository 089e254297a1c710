package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.testing.OnEveryDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Roles and labels")
@OnEveryDatabase
class RolesTest extends PairingContract {

  private static final AllowTerms VIP_GUEST =
      new AllowTerms(null, "from the fair", Role.GUEST, List.of("vip", "team_1"), null);

  private void seed(String sender, Role role, String... labels) {
    pairing
        .store()
        .seed(ACCOUNT, List.of(new SeedEntry(sender, null, role, List.of(labels), null)), OPERATOR);
  }

  private void update(String sender, AllowTerms.Update change) {
    assertThat(pairing.store().update(key(sender), change, OPERATOR)).isPresent();
  }

  private static AllowTerms.Update role(Role role) {
    return new AllowTerms.Update(null, null, Optional.of(role), null, null);
  }

  private void byNexo(String sql) throws SQLException {
    try (Connection nexo = outside();
        Statement statement = nexo.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> found(String query) {
    return pairing
        .store()
        .allowed(new AllowFilter(AccountFilter.ALL, query, false), ALL)
        .items()
        .stream()
        .map(row -> row.sender().senderId())
        .toList();
  }

  @Test
  @DisplayName("An approval's role and labels come with each decision")
  void approves() {
    String code = challenged("ana").request().code().value();
    pairing.store().approve(code, VIP_GUEST, false, OPERATOR);
    Admit expected = new Admit(Role.GUEST, List.of("vip", "team_1"));
    assertThat(write("ana")).isEqualTo(expected);
    // The background check may notice the approval later, and then clears the cache once more.
    await("from the cache")
        .untilAsserted(() -> assertThat(write("ana")).isSameAs(write("ana")).isEqualTo(expected));
    AllowedSender row = allowed(false).get(0);
    assertThat(row.role()).isEqualTo(Role.GUEST);
    assertThat(row.labels()).containsExactly("vip", "team_1");
    assertThat(audit().get(0).detail()).isEqualTo("from the fair; role guest; labels vip, team_1");
  }

  @Test
  @DisplayName("A change of role is effective at once, is audited, and keeps the other terms")
  void updates() {
    seed("ana", Role.MEMBER, "vip");
    assertThat(write("ana")).isEqualTo(new Admit(Role.MEMBER, List.of("vip")));
    update("ana", role(Role.OWNER));
    assertThat(write("ana")).isEqualTo(new Admit(Role.OWNER, List.of("vip")));
    assertThat(audit().get(0).detail()).contains("role member to owner").doesNotContain("labels");
    update("ana", new AllowTerms.Update(null, null, Optional.empty(), Optional.empty(), null));
    assertThat(write("ana")).isEqualTo(Admit.MEMBER);
  }

  @Test
  @DisplayName("Seeding sets the terms of new rows and leaves active rows as they are")
  void seeds() {
    seed("ana", Role.OWNER, "vip");
    assertThat(audit().get(0).detail()).isEqualTo("role owner; labels vip");
    seed("ana", Role.GUEST);
    assertThat(write("ana")).isEqualTo(new Admit(Role.OWNER, List.of("vip")));
    revoke("ana");
    seed("ana");
    assertThat(write("ana")).isEqualTo(Admit.MEMBER);
  }

  @Test
  @DisplayName("A stranger who is admitted because the policy is off is a guest")
  void policyOff() {
    seed("ana", Role.OWNER);
    assertThat(pairing.gate().shouldAdmit("chat", null, "bob", AdmissionPolicy.ADMIT_EVERYONE))
        .isEqualTo(Admit.GUEST);
    assertThat(pairing.gate().shouldAdmit("chat", null, "ana", AdmissionPolicy.ADMIT_EVERYONE))
        .isEqualTo(new Admit(Role.OWNER, List.of()));
  }

  @Test
  @DisplayName("The owners are the active rows with that role")
  void owners() {
    Instant soon = pairing.clock().instant().plusSeconds(60);
    for (String sender : List.of("ana", "gone", "late")) {
      seed(sender, Role.OWNER);
    }
    seed("guest", Role.GUEST);
    revoke("gone");
    update("late", new AllowTerms.Update(Optional.of(soon), null));
    assertThat(pairing.store().owners()).hasSize(2);
    pairing.clock().move(Duration.ofSeconds(60));
    assertThat(pairing.store().owners())
        .extracting(row -> row.sender().senderId())
        .containsExactly("ana");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE pairing_allow_from SET revoked_at = 5",
        "UPDATE pairing_allow_from SET expires_at = 5"
      })
  @DisplayName("An owner whose access has ended is a member when Nexo approves again")
  void ownerEnded(String end) throws SQLException {
    seed("ana", Role.OWNER, "vip");
    byNexo(end);
    byNexo(
        "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at, approved_via,"
            + " revoked_at) VALUES ('chat', 'default', 'ana', 1767225600, 'cli', NULL)"
            + " ON CONFLICT (channel, account_id, sender_id) DO UPDATE SET"
            + " approved_at = excluded.approved_at, approved_via = excluded.approved_via,"
            + " revoked_at = NULL");
    assertThat(pairing.store().owners()).isEmpty();
    assertThat(allowed(false).get(0).role()).isEqualTo(Role.MEMBER);
  }

  @Test
  @DisplayName("Rows of Nexo are members, and labels that are not valid are left out")
  void foreignRows() throws SQLException {
    byNexo(
        "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
            + " VALUES ('chat', 'default', 'ana', 1)");
    byNexo(
        "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at, labels)"
            + " VALUES ('chat', 'default', 'bob', 1, '[\"ok\", \"Not OK\", 7')");
    assertThat(write("ana")).isEqualTo(Admit.MEMBER);
    assertThat(write("bob")).isEqualTo(new Admit(Role.MEMBER, List.of("ok", "7")));
  }

  @Test
  @DisplayName("The search finds labels, and no punctuation of the stored list")
  void searches() {
    seed("ana", Role.MEMBER, "vip", "team_1");
    seed("bob", Role.MEMBER, "teams");
    assertThat(found("VI")).containsExactly("ana");
    assertThat(found("team_")).containsExactly("ana");
    assertThat(found("team")).containsExactly("ana", "bob");
    assertThat(found("\"")).isEmpty();
    assertThat(found("[")).isEmpty();
    assertThat(found(",")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'',empty", "Vip,upper case", "a b,a space", "'a,b',a comma", "é,not ASCII"})
  @DisplayName("A label that is not valid is rejected")
  void badLabels(String label, String reason) {
    assertThatThrownBy(() -> seed("ana", Role.MEMBER, label))
        .as(reason)
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("labels");
  }
}
