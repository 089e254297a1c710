package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Caching gate")
@OnEveryDatabase
class CachingGateTest {

  private static final Actor OPERATOR = new Actor("operator", Surface.API);
  private static final ChannelAccount ACCOUNT = new ChannelAccount("chat", "default");

  @TempDir Path directory;
  @Parameter TestDatabase database;
  PairingContainer pairing;

  @BeforeEach
  void open() {
    Path file = directory.resolve("pairing.db");
    pairing = PairingContainer.over(file).with(StorageSettings.class, database.create(file)).open();
  }

  @AfterEach
  void close() {
    pairing.close();
  }

  private Decision ask(String sender, AdmissionPolicy policy) {
    return pairing.gate().shouldAdmit("chat", null, sender, policy);
  }

  private void seed(String sender) {
    pairing.store().seed(ACCOUNT, List.of(new SeedEntry(sender, null)), OPERATOR);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "   ", "\t\n", "bad"})
  @DisplayName("A missing or rejected sender is dropped, even with the policy off")
  void rejects(String sender) {
    Decision expected = new Drop(DropReason.REJECTED_SENDER);
    assertThat(ask(sender, AdmissionPolicy.CHALLENGE)).isEqualTo(expected);
    assertThat(ask(sender, AdmissionPolicy.ADMIT_EVERYONE)).isEqualTo(expected);
  }

  @Test
  @DisplayName("A message is dropped if the adapter is unavailable")
  void adapterAway() {
    assertThat(ask("away", AdmissionPolicy.ADMIT_EVERYONE))
        .isEqualTo(new Drop(DropReason.ADAPTER_UNAVAILABLE));
  }

  @ParameterizedTest(name = "{0} / {1}: {2}")
  @CsvSource(
      nullValues = "null",
      value = {
        "null, default, no channel",
        "'', default, empty channel",
        "Chat, default, upper case in a channel",
        "a.b, default, a dot would split the subject",
        "chat>, default, a wildcard",
        "aaaaaaaaaabbbbbbbbbbccccccccccddd, default, 33 characters",
        "chat, '', empty account",
        "chat, .a, a dot at the start",
        "chat, a., a dot at the end",
        "chat, a..b, two dots",
        "chat, a b, a blank",
        "chat, *, a wildcard",
        "chat, ñ, not ASCII"
      })
  @DisplayName("Malformed identifiers are refused")
  void refuses(String channel, String account, String reason) {
    assertThatThrownBy(
            () -> pairing.gate().shouldAdmit(channel, account, "ana", AdmissionPolicy.CHALLENGE))
        .as(reason)
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  @DisplayName("With the policy off strangers are admitted, with it on challenged")
  void policyOff() {
    assertThat(ask("stranger", AdmissionPolicy.ADMIT_EVERYONE)).isEqualTo(Admit.GUEST);
    assertThat(ask("stranger", AdmissionPolicy.ADMIT_EVERYONE)).isEqualTo(Admit.GUEST);
    assertThat(ask("stranger", AdmissionPolicy.CHALLENGE)).isInstanceOf(Challenge.class);
    assertThat(pairing.store().pendingByChannel()).containsEntry("chat", 1L);
  }

  @Test
  @DisplayName("A cached sender is not admitted after a denial")
  void deniedWhileCached() {
    Challenge challenge = (Challenge) ask("stranger", AdmissionPolicy.CHALLENGE);
    assertThat(ask("stranger", AdmissionPolicy.ADMIT_EVERYONE)).isEqualTo(Admit.GUEST);
    pairing.store().deny(challenge.request().requestId(), false, null, OPERATOR);
    assertThat(ask("stranger", AdmissionPolicy.ADMIT_EVERYONE))
        .isEqualTo(new Drop(DropReason.DENIED));
  }

  @Test
  @DisplayName("A group is never challenged, and is admitted only if it was seeded")
  void groups() {
    assertThat(ask("group 1", AdmissionPolicy.CHALLENGE)).isEqualTo(new Drop(DropReason.GROUP));
    assertThat(pairing.store().pendingByChannel()).isEmpty();
    for (int i = 0; i < 2; i++) {
      assertThat(ask("group 1", AdmissionPolicy.ADMIT_EVERYONE))
          .isEqualTo(new Drop(DropReason.GROUP));
    }
    explains("group 1", "drop", "group");
    assertThat(pairing.gate().dryRun(ACCOUNT, List.of("group 1")).rejected())
        .containsExactly("group 1");
    seed("group 1");
    assertThat(ask("group 1", AdmissionPolicy.CHALLENGE)).isEqualTo(Admit.MEMBER);
  }

  @Test
  @DisplayName("An approval is effective at once, since no challenge is cached")
  void approvalIsImmediate() {
    for (int i = 0; i < 20; i++) {
      Challenge challenge = (Challenge) ask("sender " + i, AdmissionPolicy.CHALLENGE);
      pairing
          .store()
          .approve(
              challenge.request().code().value(),
              dev.nexo.pairing.AllowTerms.NONE,
              false,
              OPERATOR);
      assertThat(ask("sender " + i, AdmissionPolicy.CHALLENGE)).isEqualTo(Admit.MEMBER);
    }
  }

  @Test
  @DisplayName("No string representation contains a code")
  void redacted() {
    Challenge challenge = (Challenge) ask("stranger", AdmissionPolicy.CHALLENGE);
    assertThat(challenge.toString()).doesNotContain(challenge.request().code().value());
  }

  @Test
  @DisplayName("Characters that no database can store are replaced with U+FFFD")
  void unstorableText() {
    SenderKey sender = SenderKey.of(ACCOUNT, "odd");
    MessageContext odd = new MessageContext("a\u0000b\uD83D", "{}", false);
    Decision decision = pairing.gate().decide(sender, AdmissionPolicy.CHALLENGE, odd);
    assertThat(((Challenge) decision).request().text()).isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  @DisplayName("explain reports every decision and changes nothing")
  void explains() {
    seed("ana");
    seed("gone");
    pairing.store().revoke(SenderKey.of(ACCOUNT, "gone"), OPERATOR);
    explains("ana", "admit", "allow_from");
    explains("gone", "challenge", "unknown_sender");
    explains("new", "challenge", "unknown_sender");
    explains("bad", "drop", "rejected_sender");
    explains("away", "drop", "adapter_unavailable");
    assertThat(pairing.store().pendingByChannel()).isEmpty();
    Challenge challenge = (Challenge) ask("waiting", AdmissionPolicy.CHALLENGE);
    explains("waiting", "challenge", "pending");
    ask("second", AdmissionPolicy.CHALLENGE);
    ask("third", AdmissionPolicy.CHALLENGE);
    explains("new", "drop", "max_pending");
    pairing.store().deny(challenge.request().requestId(), true, null, OPERATOR);
    explains("waiting", "drop", "blocked");
  }

  private void explains(String sender, String decision, String reason) {
    Explanation explanation = pairing.gate().explain("chat", null, sender);
    assertThat(explanation.decision().wireName()).as(sender).isEqualTo(decision);
    assertThat(explanation.reason()).as(sender).isEqualTo(reason);
  }

  @Test
  @DisplayName("A dropped sender is recorded with the reason, an admitted one is not")
  void remembersDrops() {
    seed("ana");
    ask("ana", AdmissionPolicy.CHALLENGE);
    ask("stranger", AdmissionPolicy.CHALLENGE);
    pairing.store().block(SenderKey.of(ACCOUNT, "eve"), null, OPERATOR);
    ask("EVE", AdmissionPolicy.CHALLENGE);
    ask("bad ", AdmissionPolicy.CHALLENGE);
    ask("away", AdmissionPolicy.CHALLENGE);
    for (String nobody : new String[] {null, "", " ", "a\u0000b"}) {
      ask(nobody, AdmissionPolicy.CHALLENGE);
    }
    MessageContext contact = new MessageContext("let me in", "{}", true);
    pairing.gate().decide(SenderKey.of(ACCOUNT, "eve"), AdmissionPolicy.ADMIT_EVERYONE, contact);
    List<DroppedSender> dropped =
        pairing
            .get(DroppedSenders.class)
            .page(DroppedSenders.Filter.ALL, new PageRequest(1000, null))
            .items();
    assertThat(dropped)
        .extracting(entry -> entry.sender().senderId() + " " + entry.reason().wireName())
        .containsExactlyInAnyOrder(
            "eve blocked", "bad rejected_sender", "away adapter_unavailable");
    assertThat(dropped)
        .filteredOn(entry -> entry.sender().senderId().equals("eve"))
        .extracting(DroppedSender::count, DroppedSender::text)
        .containsExactly(Tuple.tuple(2L, "let me in"));
  }

  @Test
  @DisplayName("Hostile ids are treated as plain strings")
  void hostileIds() {
    for (String id : List.of("'; DROP TABLE pairing_pending; --", "%", "ana\u202Ebob", "😀")) {
      seed(id);
      assertThat(ask(id, AdmissionPolicy.CHALLENGE)).isEqualTo(Admit.MEMBER);
      pairing.clock().move(Duration.ofSeconds(31));
      assertThat(ask(id, AdmissionPolicy.CHALLENGE)).isEqualTo(Admit.MEMBER);
    }
    assertThat(ask("a\u0000b", AdmissionPolicy.CHALLENGE))
        .isEqualTo(new Drop(DropReason.REJECTED_SENDER));
    assertThat(ask("x".repeat(257), AdmissionPolicy.CHALLENGE))
        .isEqualTo(new Drop(DropReason.REJECTED_SENDER));
  }
}
