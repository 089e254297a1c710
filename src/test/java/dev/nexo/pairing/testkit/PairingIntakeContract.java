package dev.nexo.pairing.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.MessageContext.Hold;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.PendingRequest.HeldMessage;
import dev.nexo.pairing.PendingRequest.HeldMessages;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SenderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link dev.nexo.pairing.PairingIntake} does with messages that a person wrote to the
 * bot alone. A subclass opens the implementation.
 */
public abstract class PairingIntakeContract {

  private static final Actor OPERATOR = InMemoryPairing.OPERATOR;
  private static final ChannelAccount ACCOUNT = new ChannelAccount("chat", "default");
  private static final String META = "{\"message_id\":\"7\"}";

  private IntakeFixture pairing;

  /** Creates the suite. */
  protected PairingIntakeContract() {}

  /** Opens the implementation for one test. */
  protected abstract IntakeFixture open();

  @BeforeEach
  final void openFixture() {
    pairing = open();
  }

  @AfterEach
  final void closeFixture() {
    pairing.close();
  }

  private InboundOutcome receive(String sender, String text, boolean remote) {
    return pairing
        .intake()
        .receive(new InboundMessage("chat", null, sender, text, META, null, false, remote));
  }

  private InboundOutcome receive(String sender) {
    return receive(sender, "hi", false);
  }

  private InboundOutcome deliver(String sender) {
    return pairing
        .intake()
        .receive(new InboundMessage("chat", null, sender, "hi", null, null, true));
  }

  private PendingRequest pending(String sender) {
    return pairing.store().pending(AccountFilter.ALL, new PageRequest(100, null)).items().stream()
        .filter(request -> request.sender().equals(key(sender)))
        .findFirst()
        .orElseThrow();
  }

  private static SenderKey key(String sender) {
    return SenderKey.of(ACCOUNT, sender);
  }

  private PendingOutcome.Done approve(PendingRequest request) {
    return assertInstanceOf(
        PendingOutcome.Done.class,
        pairing.store().approve(request.requestId(), AllowTerms.NONE, false, OPERATOR));
  }

  private HeldMessages held(String sender) {
    return pairing.store().held(pending(sender).requestId()).orElseThrow();
  }

  private static List<String> texts(List<HeldMessage> messages) {
    return messages.stream().map(HeldMessage::text).toList();
  }

  private <T extends PairingEvent> List<T> events(Class<T> type) {
    return pairing.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Waits for a condition, because some implementations deliver in the background. */
  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertTrue(condition.getAsBoolean());
  }

  @Test
  @DisplayName("A stranger's message gets the text of a challenge, and keeps the request")
  void challengeText() {
    InboundOutcome outcome = receive(" Ana");
    PendingRequest request = assertInstanceOf(Challenge.class, outcome.decision()).request();
    assertEquals("ana", outcome.senderId());
    assertTrue(outcome.challengeText().contains(request.code().value()));
    assertNull(outcome.delivery());
    assertNull(outcome.command());
    assertFalse(outcome.toString().contains(request.code().value()));
    assertEquals(outcome.challengeText(), receive("ana", "again", false).challengeText());
    assertEquals(request, pending("ana"));
    assertEquals("hi", request.text());
    assertEquals(META, request.metaJson());
  }

  @Test
  @DisplayName("A challenge is delivered once")
  void delivery() {
    InboundOutcome outcome = deliver("ana");
    assertEquals(DeliveryResult.DELIVERED_VIA_ADAPTER, outcome.delivery());
    assertNull(outcome.challengeText());
    await(() -> deliver("ana").delivery() == DeliveryResult.ALREADY_DELIVERED);
    await(() -> !events(PairingEvent.ChallengeDelivered.class).isEmpty());
    assertEquals(
        List.of(new PairingEvent.ChallengeDelivered("chat", DeliveryResult.DELIVERED_VIA_ADAPTER)),
        events(PairingEvent.ChallengeDelivered.class));
  }

  @Test
  @DisplayName("A missing or rejected sender is dropped without an id")
  void rejected() {
    for (String sender : Arrays.asList(null, "", " \t\n", "bad", "group:x")) {
      InboundOutcome outcome = receive(sender);
      assertEquals(new Drop(DropReason.REJECTED_SENDER), outcome.decision(), sender);
      assertNull(outcome.senderId(), sender);
    }
    assertEquals(new Drop(DropReason.ADAPTER_UNAVAILABLE), receive("away").decision());
    assertEquals(new Drop(DropReason.GROUP), receive("group 1").decision());
    assertTrue(pairing.store().pendingByChannel().isEmpty());
  }

  @Test
  @DisplayName("A malformed channel, account or JSON object is refused")
  void malformed() {
    for (InboundMessage message :
        List.of(
            new InboundMessage("Chat", null, "ana", null, null, null, false),
            new InboundMessage("chat", "a b", "ana", null, null, null, false),
            new InboundMessage("chat", null, "ana", null, "[]", null, false),
            new InboundMessage("chat", null, "ana", null, "x", null, false))) {
      assertThrows(InvalidValueException.class, () -> pairing.intake().receive(message));
    }
  }

  @Test
  @DisplayName("A message can turn the configured policy off")
  void policyOff() {
    InboundMessage message = new InboundMessage("chat", null, "ana", "hi", null, false, true);
    InboundOutcome outcome = pairing.intake().receive(message);
    assertEquals(Admit.GUEST, outcome.decision());
    assertNull(outcome.delivery());
    assertTrue(pairing.store().pendingByChannel().isEmpty());
  }

  @Test
  @DisplayName("An approved sender is admitted, a blocked one is dropped")
  void decided() {
    receive("ana");
    approve(pending("ana"));
    InboundOutcome outcome = receive("ANA");
    assertEquals(Admit.MEMBER, outcome.decision());
    assertEquals("ana", outcome.senderId());
    pairing.store().block(key("ana"), null, OPERATOR);
    assertEquals(new Drop(DropReason.BLOCKED), receive("ana").decision());
  }

  @Test
  @DisplayName("Without the setting nothing is held")
  void holdsNothing() {
    receive("ana");
    assertEquals(List.of(), held("ana").messages());
    assertEquals(List.of(), approve(pending("ana")).held());
    assertEquals(List.of(), events(PairingEvent.HeldReleased.class));
  }

  @Test
  @DisplayName("The first messages are held up to the limit, except those over 4 KiB")
  void limit() {
    pairing.holdMessages(2);
    String large = "é".repeat(Hold.MAX_BYTES / 2) + "x";
    receive("ana", large, false);
    for (String text : List.of("first", "second", "third")) {
      receive("ana", text, false);
    }
    PendingRequest request = pending("ana");
    assertEquals(large.substring(0, 500), request.text());
    Instant now = MovableClock.START;
    assertEquals(
        new HeldMessages(
            request.requestId(),
            List.of(
                new HeldMessage(request.requestId() + "/1", now, "first", META, true),
                new HeldMessage(request.requestId() + "/2", now, "second", META, true)),
            true),
        held("ana"));
  }

  @Test
  @DisplayName("A module gets its held messages in one event")
  void module() {
    pairing.holdMessages(5);
    receive("ana", "first", false);
    receive("ana", "second", false);
    PendingRequest request = pending("ana");
    assertEquals(List.of(), approve(request).held());
    await(() -> !events(PairingEvent.HeldReleased.class).isEmpty());
    PairingEvent.HeldReleased event = events(PairingEvent.HeldReleased.class).get(0);
    assertEquals(key("ana"), event.sender());
    assertEquals(request.requestId(), event.requestId());
    assertEquals(List.of("first", "second"), texts(event.messages()));
    await(() -> pairing.store().held(request.requestId()).isEmpty());
    assertEquals(1, events(PairingEvent.HeldReleased.class).size());
  }

  @Test
  @DisplayName("Another program gets them from the approval, and can read them for 24 hours")
  void caller() {
    pairing.holdMessages(5);
    receive("ana", "first", true);
    PendingRequest request = pending("ana");
    List<HeldMessage> messages = approve(request).held();
    assertEquals(List.of("first"), texts(messages));
    assertEquals(messages, pairing.store().held(request.requestId()).orElseThrow().messages());
    assertEquals(List.of(), events(PairingEvent.HeldReleased.class));
  }

  @Test
  @DisplayName("Seeding a pending sender releases the messages")
  void seeded() {
    pairing.holdMessages(1);
    receive("ana", "first", false);
    pairing.store().seed(ACCOUNT, List.of(new SeedEntry("ana", null)), OPERATOR);
    await(() -> !events(PairingEvent.HeldReleased.class).isEmpty());
    assertEquals(
        List.of("first"), texts(events(PairingEvent.HeldReleased.class).get(0).messages()));
  }

  @Test
  @DisplayName("A denial, a block and the expiry delete the messages")
  void purged() {
    pairing.holdMessages(1);
    for (String sender : List.of("ana", "bob", "eve")) {
      receive(sender, "first", true);
    }
    PendingRequest ana = pending("ana");
    PendingRequest bob = pending("bob");
    PendingRequest eve = pending("eve");
    pairing.store().deny(ana.requestId(), false, null, OPERATOR);
    pairing.store().block(key("bob"), null, OPERATOR);
    assertTrue(pairing.store().held(ana.requestId()).isEmpty());
    assertTrue(pairing.store().held(bob.requestId()).isEmpty());
    pairing.move(Duration.ofMinutes(60));
    assertTrue(pairing.store().held(eve.requestId()).isEmpty());
    assertEquals(List.of(), events(PairingEvent.HeldReleased.class));
  }
}
