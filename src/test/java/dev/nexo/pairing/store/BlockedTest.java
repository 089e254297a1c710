package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.BlockedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.outbox.Outbox;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testkit.MovableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Blocked senders")
@OnEveryDatabase
class BlockedTest extends PairingContract {

  private static final Drop BLOCKED = new Drop(DropReason.BLOCKED);

  private int block(String sender, String reason) {
    return pairing.store().block(key(sender), reason, OPERATOR);
  }

  private int unblock(String sender) {
    return pairing.store().unblock(key(sender), OPERATOR);
  }

  private List<BlockedSender> blocked() {
    return pairing.store().blocked(AccountFilter.ALL, ALL).items();
  }

  private List<String> actions() {
    return audit().stream().map(entry -> entry.action()).toList();
  }

  @Test
  @DisplayName("A sender who never wrote can be blocked and is dropped")
  void stranger() {
    assertThat(block("mallory", "spam")).isEqualTo(1);
    assertThat(write("mallory")).isEqualTo(BLOCKED);
    assertThat(blocked())
        .containsExactly(new BlockedSender(key("mallory"), MovableClock.START, "spam"));
    assertThat(actions()).containsExactly("blocked");
    assertThat(audit().get(0).detail()).isEqualTo("spam");
    assertThat(pairing.notices().of(PairingEvent.Denied.class))
        .containsExactly(new PairingEvent.Denied(key("mallory"), true));
    assertThat(pairing.notices().of(PairingEvent.AdmissionChanged.class)).isEmpty();
  }

  @Test
  @DisplayName("Blocking an admitted sender removes them from allow-from and cache")
  void admitted() {
    seed("ana");
    assertThat(write("ana")).isEqualTo(Admit.MEMBER);
    assertThat(block("ana", null)).isEqualTo(1);
    assertThat(write("ana")).isEqualTo(BLOCKED);
    assertThat(allowed(false)).isEmpty();
    assertThat(allowed(true)).hasSize(1);
    assertThat(actions()).containsExactly("blocked", "revoked", "seeded");
  }

  @Test
  @DisplayName("Blocking ends a pending request and unsent notices")
  void pendingOrJustApproved() {
    MessageContext delivered = new MessageContext("hi", "{}", true);
    pairing.gate().decide(key("ana"), AdmissionPolicy.CHALLENGE, delivered);
    Challenge bob = challenged("bob");
    pairing.store().approve(bob.request().requestId(), AllowTerms.NONE, true, OPERATOR);
    assertThat(pairing.get(Outbox.class).waiting()).isEqualTo(2);
    block("ana", null);
    block("bob", null);
    assertThat(pending()).isEmpty();
    assertThat(pairing.get(Outbox.class).waiting()).isZero();
    assertThat(write("bob")).isEqualTo(BLOCKED);
  }

  @Test
  @DisplayName("Blocking by request removes the sender from allow-from, too")
  void blockedByRequest() {
    seed("ana");
    Instant end = pairing.clock().instant().plusSeconds(60);
    pairing.store().update(key("ana"), new AllowTerms.Update(Optional.of(end), null), OPERATOR);
    pairing.clock().move(Duration.ofSeconds(61));
    String request = challenged("ana").request().requestId();
    pairing.store().deny(request, true, null, OPERATOR);
    assertThat(unblock("ana")).isEqualTo(1);
    pairing.store().update(key("ana"), new AllowTerms.Update(Optional.empty(), null), OPERATOR);
    assertThat(write("ana")).isInstanceOf(Challenge.class);
  }

  @Test
  @DisplayName("Blocking a sender with an expired request counts it expired")
  void expired() {
    challenged("late");
    pairing.clock().move(Duration.ofMinutes(61));
    block("late", null);
    assertThat(pairing.notices().of(PairingEvent.CodesExpired.class)).hasSize(1);
    assertThat(actions()).containsExactly("blocked", "expired", "challenged");
  }

  @Test
  @DisplayName("Blocking again changes nothing")
  void again() {
    block("mallory", "spam");
    pairing.clock().move(Duration.ofMinutes(1));
    assertThat(block("mallory", "more spam")).isZero();
    assertThat(blocked())
        .containsExactly(new BlockedSender(key("mallory"), MovableClock.START, "spam"));
    assertThat(actions()).containsExactly("blocked");
  }

  @Test
  @DisplayName("Blocking again revokes a sender that Nexo admitted")
  void admittedByNexo() throws SQLException {
    block("ana", null);
    try (Connection nexo = outside();
        Statement statement = nexo.createStatement()) {
      statement.execute(
          "INSERT INTO pairing_allow_from (channel, account_id, sender_id, approved_at)"
              + " VALUES ('chat', 'default', 'ana', 1767225600)");
    }
    assertThat(block("ana", null)).isZero();
    assertThat(allowed(false)).isEmpty();
    assertThat(actions()).containsExactly("revoked", "blocked");
  }

  @Test
  @DisplayName("Blocking a denied sender keeps the block from expiring")
  void deniedBefore() {
    pairing.store().deny(challenged("ana").request().requestId(), false, "not now", OPERATOR);
    assertThat(blocked()).as("merely denied").isEmpty();
    assertThat(block("ana", "never")).isEqualTo(1);
    pairing.clock().move(Duration.ofDays(400));
    pairing.get(ExpirySweeper.class).clear();
    assertThat(write("ana")).isEqualTo(BLOCKED);
    assertThat(blocked()).extracting(BlockedSender::reason).containsExactly("never");
  }

  @Test
  @DisplayName("An unblocked sender is a stranger, also one who was denied")
  void unblocked() {
    seed("ana");
    block("ana", null);
    pairing.store().deny(challenged("bob").request().requestId(), false, null, OPERATOR);
    pairing.store().deny(challenged("cleo").request().requestId(), false, null, OPERATOR);
    assertThat(unblock("ana")).isEqualTo(1);
    assertThat(unblock("ana")).isZero();
    assertThat(unblock("bob")).isEqualTo(1);
    assertThat(unblock("nobody")).isZero();
    assertThat(write("ana")).isInstanceOf(Challenge.class);
    assertThat(write("bob")).isInstanceOf(Challenge.class);
    assertThat(actions()).filteredOn("unblocked"::equals).hasSize(2);
    pairing.clock().move(Duration.ofMinutes(60));
    assertThat(unblock("cleo")).as("a denial that has run out refuses nobody").isZero();
  }

  @Test
  @DisplayName("A block applies to one account")
  void oneAccount() {
    block("ana", null);
    assertThat(pairing.gate().shouldAdmit("chat", "work", "ana", AdmissionPolicy.CHALLENGE))
        .isInstanceOf(Challenge.class);
  }

  @Test
  @DisplayName("Blocks are listed by key, page by page, and by account")
  void pages() {
    List<SenderKey> keys = new ArrayList<>();
    for (String channel : List.of("chat", "mail")) {
      for (String account : List.of("a", "b")) {
        for (int i = 0; i < 10; i++) {
          SenderKey sender = SenderKey.of(new ChannelAccount(channel, account), "sender " + i);
          pairing.store().block(sender, null, OPERATOR);
          keys.add(sender);
        }
      }
    }
    assertThat(paged(AccountFilter.ALL)).isEqualTo(keys);
    assertThat(paged(new AccountFilter("mail", null))).isEqualTo(keys.subList(20, 40));
    assertThat(paged(new AccountFilter("mail", "a"))).isEqualTo(keys.subList(20, 30));
    assertThat(paged(new AccountFilter(null, "b")))
        .hasSize(20)
        .allMatch(key -> key.accountId().equals("b"));
  }

  private List<SenderKey> paged(AccountFilter accounts) {
    List<SenderKey> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<BlockedSender> page = pairing.store().blocked(accounts, new PageRequest(3, cursor));
      page.items().forEach(row -> seen.add(row.sender()));
      cursor = page.next();
    } while (cursor != null);
    return seen;
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "", "YWxsb3cAYQBiAGM"})
  @DisplayName("A cursor of another list is refused")
  void refusesForeignCursors(String cursor) {
    assertThatThrownBy(
            () -> pairing.store().blocked(AccountFilter.ALL, new PageRequest(10, cursor)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("cursor");
  }

  @Test
  @DisplayName("A reason has at most 500 characters")
  void longReason() {
    assertThat(block("ana", "r".repeat(500))).isEqualTo(1);
    assertThatThrownBy(() -> block("bob", "r".repeat(501)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("reason");
    assertThat(write("bob")).isInstanceOf(Challenge.class);
  }

  @Test
  @DisplayName("A block is effective on another server within a second")
  void seenElsewhere() {
    seed("ana");
    try (PairingContainer other =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(Clock.class, pairing.clock())
            .with(StorageSettings.class, storage)
            .open()) {
      for (int i = 0; i < 2; i++) {
        assertThat(other.gate().shouldAdmit("chat", null, "ana", AdmissionPolicy.CHALLENGE))
            .isEqualTo(Admit.MEMBER);
      }
      block("ana", null);
      await()
          .atMost(Duration.ofSeconds(1))
          .pollInterval(Duration.ofMillis(10))
          .until(
              () ->
                  other
                      .gate()
                      .shouldAdmit("chat", null, "ana", AdmissionPolicy.CHALLENGE)
                      .equals(BLOCKED));
    }
  }
}
