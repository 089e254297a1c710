package dev.nexo.pairing.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DryRun;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SenderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link PairingGate} does. A subclass opens the implementation. */
public abstract class PairingGateContract {

  private static final Actor OPERATOR = InMemoryPairing.OPERATOR;
  private static final ChannelAccount ACCOUNT = new ChannelAccount("chat", "default");

  private PairingFixture pairing;

  /** Creates the suite. */
  protected PairingGateContract() {}

  /** Opens the implementation for one test. */
  protected abstract PairingFixture open();

  @BeforeEach
  final void openFixture() {
    pairing = open();
  }

  @AfterEach
  final void closeFixture() {
    pairing.close();
  }

  private Decision ask(String sender, AdmissionPolicy policy) {
    return pairing.gate().shouldAdmit("chat", null, sender, policy);
  }

  private Decision ask(String sender) {
    return ask(sender, AdmissionPolicy.CHALLENGE);
  }

  private PendingRequest challenged(String sender) {
    return assertInstanceOf(Challenge.class, ask(sender)).request();
  }

  private static SenderKey key(String sender) {
    return SenderKey.of(ACCOUNT, sender);
  }

  private void seed(String sender) {
    pairing.store().seed(ACCOUNT, List.of(new SeedEntry(sender, null)), OPERATOR);
  }

  private void approve(PendingRequest request, AllowTerms terms) {
    assertInstanceOf(
        PendingOutcome.Done.class,
        pairing.store().approve(request.code().value(), terms, false, OPERATOR));
  }

  private void deny(PendingRequest request, boolean block) {
    assertInstanceOf(
        PendingOutcome.Done.class,
        pairing.store().deny(request.requestId(), block, null, OPERATOR));
  }

  private static Drop drop(DropReason reason) {
    return new Drop(reason);
  }

  @Test
  @DisplayName("A stranger is challenged, and gets the same request until the decision")
  void stranger() {
    PendingRequest request = challenged("Ana ");
    assertEquals(key("ana"), request.sender());
    assertEquals(MovableClock.START, request.createdAt());
    assertEquals(MovableClock.START.plus(Duration.ofMinutes(60)), request.expiresAt());
    assertTrue(request.number() > 0);
    pairing.move(Duration.ofMinutes(59));
    assertEquals(request, challenged("ana"));
    assertEquals(
        1, pairing.events().stream().filter(PairingEvent.Challenged.class::isInstance).count());
  }

  @Test
  @DisplayName("An expired request is replaced with a new one")
  void expired() {
    PendingRequest request = challenged("ana");
    pairing.move(Duration.ofMinutes(60));
    PendingRequest next = challenged("ana");
    assertNotEquals(request.requestId(), next.requestId());
    assertNotEquals(request.code(), next.code());
    assertTrue(next.number() > request.number());
  }

  @Test
  @DisplayName("A missing or rejected sender is dropped, also with the policy off")
  void rejected() {
    for (String sender : Arrays.asList(null, "", " \t\n", "bad", "group:x")) {
      Decision expected = drop(DropReason.REJECTED_SENDER);
      assertEquals(expected, ask(sender), sender);
      assertEquals(expected, ask(sender, AdmissionPolicy.ADMIT_EVERYONE), sender);
    }
  }

  @Test
  @DisplayName("A message is dropped if the adapter does not answer")
  void adapterUnavailable() {
    assertEquals(drop(DropReason.ADAPTER_UNAVAILABLE), ask("away", AdmissionPolicy.ADMIT_EVERYONE));
  }

  @Test
  @DisplayName("A malformed channel or account is refused")
  void malformed() {
    PairingGate gate = pairing.gate();
    for (String channel : Arrays.asList(null, "", "Chat", "a.b", "chat>", "c".repeat(33))) {
      assertThrows(
          InvalidValueException.class,
          () -> gate.shouldAdmit(channel, null, "ana", AdmissionPolicy.ADMIT_EVERYONE),
          channel);
    }
    for (String account : List.of("", ".a", "a.", "a..b", "a b", "*", "ñ", "a".repeat(65))) {
      assertThrows(
          InvalidValueException.class,
          () -> gate.shouldAdmit("chat", account, "ana", AdmissionPolicy.ADMIT_EVERYONE),
          account);
    }
  }

  @Test
  @DisplayName("With the policy off a stranger is admitted as a guest, and nothing is stored")
  void policyOff() {
    for (int i = 0; i < 3; i++) {
      assertEquals(Admit.GUEST, ask("ana", AdmissionPolicy.ADMIT_EVERYONE));
    }
    assertTrue(pairing.store().pendingByChannel().isEmpty());
  }

  @Test
  @DisplayName("The policy off admits neither denied nor blocked senders")
  void policyOffAfterDenial() {
    PendingRequest ana = challenged("ana");
    assertEquals(Admit.GUEST, ask("ana", AdmissionPolicy.ADMIT_EVERYONE));
    deny(ana, false);
    assertEquals(drop(DropReason.DENIED), ask("ana", AdmissionPolicy.ADMIT_EVERYONE));
    deny(challenged("bob"), true);
    assertEquals(drop(DropReason.BLOCKED), ask("bob", AdmissionPolicy.ADMIT_EVERYONE));
  }

  @Test
  @DisplayName("An approval is effective with the next message, with its role and labels")
  void approved() {
    AllowTerms terms = new AllowTerms(null, "friend", Role.OWNER, List.of("vip"), null);
    approve(challenged("ana"), terms);
    assertEquals(new Admit(Role.OWNER, List.of("vip")), ask("ANA"));
    assertEquals(
        drop(DropReason.REJECTED_SENDER), ask("bad ana"), "approves no other form of the id");
  }

  @Test
  @DisplayName("An admission ends at its expiry, and with a revocation at once")
  void ended() {
    Instant end = MovableClock.START.plus(Duration.ofHours(2));
    approve(challenged("ana"), new AllowTerms(end, null));
    seed("bob");
    assertEquals(Admit.MEMBER, ask("bob"));
    pairing.move(Duration.ofHours(2).minusSeconds(1));
    assertEquals(Admit.MEMBER, ask("ana"));
    pairing.move(Duration.ofSeconds(1));
    assertInstanceOf(Challenge.class, ask("ana"));
    pairing.store().revoke(key("bob"), OPERATOR);
    assertInstanceOf(Challenge.class, ask("bob"));
  }

  @Test
  @DisplayName("An admission with an idle time ends if the sender does not write")
  void idle() {
    AllowTerms terms = new AllowTerms(null, null, Role.MEMBER, List.of(), Duration.ofHours(1));
    approve(challenged("ana"), terms);
    for (int i = 0; i < 3; i++) {
      pairing.move(Duration.ofMinutes(59));
      assertEquals(Admit.MEMBER, ask("ana"));
    }
    pairing.move(Duration.ofMinutes(60));
    assertInstanceOf(Challenge.class, ask("ana"));
  }

  @Test
  @DisplayName("A denied sender is dropped for 60 minutes, a blocked one until unblocked")
  void refused() {
    deny(challenged("ana"), false);
    deny(challenged("bob"), true);
    pairing.move(Duration.ofMinutes(60).minusSeconds(1));
    assertEquals(drop(DropReason.DENIED), ask("ana"));
    pairing.move(Duration.ofSeconds(1));
    assertInstanceOf(Challenge.class, ask("ana"));
    pairing.move(Duration.ofDays(400));
    assertEquals(drop(DropReason.BLOCKED), ask("bob"));
    pairing.store().unblock(key("bob"), OPERATOR);
    assertInstanceOf(Challenge.class, ask("bob"));
  }

  @Test
  @DisplayName("An account has three requests at a time; a decision makes room")
  void slots() {
    PendingRequest first = challenged("one");
    challenged("two");
    challenged("three");
    assertEquals(drop(DropReason.MAX_PENDING), ask("four"));
    assertInstanceOf(
        Challenge.class,
        pairing.gate().shouldAdmit("chat", "work", "four", AdmissionPolicy.CHALLENGE));
    deny(first, false);
    challenged("four");
    assertEquals(drop(DropReason.MAX_PENDING), ask("five"));
    pairing.move(Duration.ofMinutes(60));
    challenged("five");
  }

  @Test
  @DisplayName("An account makes 30 challenges within an hour")
  void budget() {
    for (int i = 0; i < 30; i++) {
      deny(challenged("stranger " + i), false);
    }
    assertEquals(drop(DropReason.BUDGET), ask("last"));
    assertEquals("budget", pairing.gate().explain("chat", null, "last").reason());
    seed("friend");
    assertEquals(Admit.MEMBER, ask("friend"));
    pairing.move(Duration.ofMinutes(60));
    challenged("last");
  }

  @Test
  @DisplayName("A group is not challenged, and is admitted only if it was seeded")
  void group() {
    assertEquals(drop(DropReason.GROUP), ask("group 1"));
    assertEquals(drop(DropReason.GROUP), ask("group 1", AdmissionPolicy.ADMIT_EVERYONE));
    assertTrue(pairing.store().pendingByChannel().isEmpty());
    seed("group 1");
    assertEquals(Admit.MEMBER, ask("group 1"));
  }

  @Test
  @DisplayName("In a group, a blocked member is dropped, and a stranger if it is restricted")
  void members() {
    seed("group 1");
    pairing.store().block(key("mallory"), null, OPERATOR);
    assertEquals(drop(DropReason.BLOCKED), inGroup("mallory"));
    assertEquals(Admit.MEMBER, inGroup("bob"));
    AllowTerms.Update restrict =
        new AllowTerms.Update(null, null, null, null, null, Optional.of(true));
    pairing.store().update(key("group 1"), restrict, OPERATOR);
    assertEquals(drop(DropReason.GROUP), inGroup("bob"));
    assertEquals(drop(DropReason.GROUP), inGroup(""));
    seed("bob");
    assertEquals(Admit.MEMBER, inGroup("bob"));
  }

  private Decision inGroup(String member) {
    MessageContext context = new MessageContext("hi", "{}", false, true, true, null, member);
    return pairing.gate().decide(key("group 1"), AdmissionPolicy.CHALLENGE, context);
  }

  @Test
  @DisplayName("A request keeps the first text; delivery is requested once")
  void context() {
    Challenge first = decide(new MessageContext("hello", "{\"name\":\"Ana\"}", false));
    assertEquals("hello", first.request().text());
    assertEquals("{\"name\":\"Ana\"}", first.request().metaJson());
    assertEquals(Delivery.NOT_ASKED, first.delivery());
    Challenge second = decide(new MessageContext("again", "{}", true));
    assertEquals(first.request(), second.request());
    assertEquals(Delivery.QUEUED, second.delivery());
    assertEquals(Delivery.SILENT, decide(MessageContext.NOTHING.silently()).delivery());
  }

  private Challenge decide(MessageContext context) {
    return assertInstanceOf(
        Challenge.class, pairing.gate().decide(key("ana"), AdmissionPolicy.CHALLENGE, context));
  }

  @Test
  @DisplayName("explain predicts each decision and changes nothing")
  void explained() {
    seed("ana");
    PendingRequest waiting = challenged("waiting");
    deny(challenged("denied"), false);
    pairing.store().block(key("mallory"), null, OPERATOR);
    assertExplained("ANA ", Decision.Kind.ADMIT, "allow_from");
    assertExplained("waiting", Decision.Kind.CHALLENGE, "pending");
    assertExplained("new", Decision.Kind.CHALLENGE, "unknown_sender");
    assertExplained("denied", Decision.Kind.DROP, "denied");
    assertExplained("mallory", Decision.Kind.DROP, "blocked");
    assertExplained("bad", Decision.Kind.DROP, "rejected_sender");
    assertExplained("away", Decision.Kind.DROP, "adapter_unavailable");
    assertExplained("group 1", Decision.Kind.DROP, "group");
    assertEquals(1L, pairing.store().pendingByChannel().get("chat"));
    assertEquals(waiting, pairing.gate().explain("chat", null, "waiting").pending());
    pairing.store().revoke(key("ana"), OPERATOR);
    assertExplained("ana", Decision.Kind.CHALLENGE, "unknown_sender");
    challenged("two");
    challenged("three");
    assertExplained("new", Decision.Kind.DROP, "max_pending");
  }

  private void assertExplained(String sender, Decision.Kind decision, String reason) {
    Explanation explanation = pairing.gate().explain("chat", null, sender);
    assertEquals(decision, explanation.decision(), sender);
    assertEquals(reason, explanation.reason(), sender);
  }

  @Test
  @DisplayName("dryRun puts each sender into one list")
  void dryRun() {
    seed("ana");
    deny(challenged("bob"), true);
    DryRun run =
        pairing
            .gate()
            .dryRun(ACCOUNT, List.of("ana", "ANA", "new", "bad", "bob", "group 1", "away"));
    assertEquals(List.of("ana"), run.admit());
    assertEquals(List.of("new"), run.challenge());
    assertEquals(List.of("bad", "away", "bob", "group 1"), run.rejected());
  }

  @Test
  @DisplayName("No string representation contains a code")
  void redacted() {
    Decision decision = ask("ana");
    PendingRequest request = assertInstanceOf(Challenge.class, decision).request();
    assertFalse(decision.toString().contains(request.code().value()));
    assertNull(request.text());
  }
}
