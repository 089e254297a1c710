package dev.nexo.pairing.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.BlockedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SenderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link PairingStore} does. A subclass opens the implementation. */
public abstract class PairingStoreContract {

  private static final Actor OPERATOR = InMemoryPairing.OPERATOR;
  private static final ChannelAccount ACCOUNT = new ChannelAccount("chat", "default");
  private static final PageRequest FIRST = new PageRequest(1000, null);

  private PairingFixture pairing;
  private PairingStore store;

  /** Creates the suite. */
  protected PairingStoreContract() {}

  /** Opens the implementation for one test. */
  protected abstract PairingFixture open();

  @BeforeEach
  final void openFixture() {
    pairing = open();
    store = pairing.store();
  }

  @AfterEach
  final void closeFixture() {
    pairing.close();
  }

  private Decision write(String sender) {
    return pairing.gate().shouldAdmit("chat", null, sender, AdmissionPolicy.CHALLENGE);
  }

  private PendingRequest challenged(String sender) {
    return assertInstanceOf(Challenge.class, write(sender)).request();
  }

  private PendingOutcome approve(String reference) {
    return store.approve(reference, AllowTerms.NONE, false, OPERATOR);
  }

  private static SenderKey key(String sender) {
    return SenderKey.of(ACCOUNT, sender);
  }

  private SeedReport seed(String... senders) {
    return store.seed(
        ACCOUNT, List.of(senders).stream().map(id -> new SeedEntry(id, null)).toList(), OPERATOR);
  }

  private List<String> actions() {
    return store.audit(new AuditFilter(AccountFilter.ALL, null, null), FIRST).items().stream()
        .map(AuditEntry::action)
        .toList();
  }

  private AllowedSender row(String sender) {
    return store.allowed(new AllowFilter(AccountFilter.ALL, null, true), FIRST).items().stream()
        .filter(row -> row.sender().equals(key(sender)))
        .findFirst()
        .orElseThrow();
  }

  private <T extends PairingEvent> List<T> events(Class<T> type) {
    return pairing.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  @DisplayName("A request is approved by its code as typed, its id or its number")
  void references() {
    PendingRequest ana = challenged("ana");
    PendingRequest bob = challenged("bob");
    PendingRequest cleo = challenged("cleo");
    String code = ana.code().value().toLowerCase(Locale.ROOT);
    assertInstanceOf(
        PendingOutcome.Done.class, approve(" " + code.substring(0, 4) + "-" + code.substring(4)));
    assertInstanceOf(PendingOutcome.Done.class, approve(bob.requestId()));
    PendingOutcome done = approve("#" + cleo.number());
    assertEquals(new PendingOutcome.Done(key("cleo"), MovableClock.START), done);
    assertEquals(3, events(PairingEvent.Approved.class).size());
    assertEquals("api", row("ana").approvedVia());
  }

  @Test
  @DisplayName("A decision is made once")
  void once() {
    PendingRequest request = challenged("ana");
    assertEquals(Optional.of(request), store.pending(request.requestId()));
    approve(request.code().value());
    assertInstanceOf(PendingOutcome.Unknown.class, approve(request.code().value()));
    assertInstanceOf(
        PendingOutcome.Unknown.class, store.deny(request.requestId(), true, null, OPERATOR));
    assertEquals(Admit.MEMBER, write("ana"));
    assertEquals(Optional.empty(), store.pending(request.requestId()));
    assertEquals(
        List.of(new PairingEvent.ApprovalFailed("", false)),
        events(PairingEvent.ApprovalFailed.class));
    assertEquals(List.of("approved", "challenged"), actions());
  }

  @Test
  @DisplayName("A code is expired after 60 minutes and unknown 24 hours later")
  void expired() {
    PendingRequest request = challenged("ana");
    pairing.move(Duration.ofMinutes(60));
    assertTrue(store.pending(AccountFilter.ALL, FIRST).items().isEmpty());
    assertEquals(new PendingOutcome.Expired(key("ana")), approve(request.code().value()));
    pairing.move(Duration.ofHours(24).minusSeconds(1));
    assertEquals(new PendingOutcome.Expired(key("ana")), approve("#" + request.number()));
    pairing.move(Duration.ofSeconds(1));
    assertInstanceOf(PendingOutcome.Unknown.class, approve(request.requestId()));
    assertInstanceOf(Challenge.class, write("ana"));
  }

  @Test
  @DisplayName("Invalid terms are refused, and nothing changes")
  void invalidTerms() {
    PendingRequest request = challenged("ana");
    AllowTerms past = new AllowTerms(MovableClock.START, null);
    assertThrows(
        InvalidValueException.class,
        () -> store.approve(request.requestId(), past, false, OPERATOR));
    seed("group 1", "bob");
    AllowTerms.Update owner =
        new AllowTerms.Update(null, null, Optional.of(Role.OWNER), null, null);
    assertThrows(
        InvalidValueException.class,
        () ->
            store
                .update(new SenderKey("chat", "default", "-100"), owner, OPERATOR)
                .orElseThrow(
                    () -> new InvalidValueException("sender_id", "must be in allow-from")));
    assertThrows(
        InvalidValueException.class,
        () -> store.block(key("bob"), "r".repeat(AllowTerms.MAX_NOTE + 1), OPERATOR));
    assertEquals(Admit.MEMBER, write("bob"));
    assertEquals(Optional.of(request), store.pending(request.requestId()));
  }

  @Test
  @DisplayName("Pending requests are listed oldest first, page by page and by account")
  void pendingPages() {
    challenged("b");
    pairing.move(Duration.ofSeconds(1));
    challenged("a");
    pairing.move(Duration.ofSeconds(1));
    pairing.gate().shouldAdmit("mail", "work", "c", AdmissionPolicy.CHALLENGE);
    List<String> seen =
        pages(
            page -> store.pending(AccountFilter.ALL, page), request -> request.sender().senderId());
    assertEquals(List.of("b", "a", "c"), seen);
    assertEquals(1, store.pending(new AccountFilter("mail", "work"), FIRST).items().size());
    assertEquals(Map.of("chat", 2L, "mail", 1L), store.pendingByChannel());
    assertEquals(List.of(ACCOUNT, new ChannelAccount("mail", "work")), store.accounts(10));
    assertTrue(store.hasRows(new AccountFilter("mail", null)));
    assertFalse(store.hasRows(new AccountFilter("mail", "home")));
  }

  private static <T, R> List<R> pages(Function<PageRequest, Page<T>> list, Function<T, R> what) {
    List<R> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<T> page = list.apply(new PageRequest(2, cursor));
      page.items().forEach(row -> seen.add(what.apply(row)));
      cursor = page.next();
    } while (cursor != null);
    return seen;
  }

  @Test
  @DisplayName("Allow-from is listed by sender and can be searched")
  void allowedPages() {
    store.seed(
        ACCOUNT,
        List.of(
            new SeedEntry("cleo", "From the FAIR", Role.GUEST, List.of("vip"), null),
            new SeedEntry("ana", null),
            new SeedEntry("bob", null)),
        OPERATOR);
    store.revoke(key("bob"), OPERATOR);
    assertEquals(List.of("ana", "cleo"), found(null, false));
    assertEquals(List.of("ana", "bob", "cleo"), found(null, true));
    assertEquals(List.of("cleo"), found("fair", false));
    assertEquals(List.of("cleo"), found("VIP", false));
    assertEquals(List.of(), found("%", false));
    assertThrows(
        InvalidValueException.class,
        () ->
            store.allowed(
                new AllowFilter(AccountFilter.ALL, null, false), new PageRequest(1, "nonsense")));
  }

  private List<String> found(String query, boolean includeRevoked) {
    return pages(
        page -> store.allowed(new AllowFilter(AccountFilter.ALL, query, includeRevoked), page),
        row -> row.sender().senderId());
  }

  @Test
  @DisplayName("Seeding admits, rejects, and leaves active rows as they are")
  void seeded() {
    PendingRequest waiting = challenged("waiting");
    store.approve(challenged("known").requestId(), new AllowTerms(null, "kept"), false, OPERATOR);
    store.block(key("mallory"), null, OPERATOR);
    store.deny(challenged("denied").requestId(), false, null, OPERATOR);
    SeedReport report = seed("Waiting", "known", "denied", "mallory", "bad", "away");
    assertEquals(3, report.seeded());
    assertEquals(3, report.rejectedCount());
    assertEquals(
        List.of("adapter_unavailable", "blocked", "rejected_sender"),
        report.rejected().stream().map(SeedReport.Rejected::reason).sorted().toList());
    assertEquals("kept", row("known").note());
    assertEquals("api", row("known").approvedVia());
    assertEquals("seed", row("waiting").approvedVia());
    assertEquals(Optional.empty(), store.pending(waiting.requestId()));
    assertEquals(Admit.MEMBER, write("denied"));
  }

  @Test
  @DisplayName("An update changes the terms that it names")
  void updated() {
    seed("ana");
    Instant end = MovableClock.START.plus(Duration.ofDays(1));
    AllowTerms.Update change =
        new AllowTerms.Update(
            Optional.of(end), null, Optional.of(Role.OWNER), Optional.of(List.of("vip")), null);
    AllowedSender changed = store.update(key("ana"), change, OPERATOR).orElseThrow();
    assertEquals(end, changed.expiresAt());
    assertEquals(new Admit(Role.OWNER, List.of("vip")), write("ana"));
    assertEquals(List.of(key("ana")), store.owners().stream().map(AllowedSender::sender).toList());
    assertEquals(Optional.empty(), store.update(key("bob"), change, OPERATOR));
    assertEquals(
        List.of(new PairingEvent.AdmissionChanged(List.of(key("ana")))),
        events(PairingEvent.AdmissionChanged.class));
    pairing.move(Duration.ofDays(1));
    assertTrue(store.owners().isEmpty());
  }

  @Test
  @DisplayName("A revocation is for one account, or for all accounts of the channel")
  void revoked() {
    ChannelAccount work = new ChannelAccount("chat", "work");
    seed("ana");
    store.seed(work, List.of(new SeedEntry("ana", null)), OPERATOR);
    assertEquals(1, store.revoke(key("ana"), OPERATOR));
    assertEquals(0, store.revoke(key("ana"), OPERATOR));
    assertEquals(
        List.of(SenderKey.of(work, "ana")), store.revokeOnAllAccounts("chat", "ana", OPERATOR));
    assertEquals(List.of(), store.revokeOnAllAccounts("chat", "ana", OPERATOR));
    assertEquals(MovableClock.START, row("ana").revokedAt());
  }

  @Test
  @DisplayName("A block revokes the sender and ends the request; unblocking admits nobody")
  void blocked() {
    seed("ana");
    PendingRequest bob = challenged("bob");
    assertEquals(1, store.block(key("ana"), "spam", OPERATOR));
    assertEquals(1, store.block(key("bob"), null, OPERATOR));
    assertEquals(0, store.block(key("ana"), "more", OPERATOR));
    assertEquals(
        List.of(
            new BlockedSender(key("ana"), MovableClock.START, "spam"),
            new BlockedSender(key("bob"), MovableClock.START, null)),
        store.blocked(AccountFilter.ALL, FIRST).items());
    assertInstanceOf(PendingOutcome.Unknown.class, approve(bob.code().value()));
    assertEquals(1, store.unblock(key("ana"), OPERATOR));
    assertEquals(0, store.unblock(key("ana"), OPERATOR));
    assertInstanceOf(Challenge.class, write("ana"));
    assertEquals(
        List.of(
            new PairingEvent.Denied(key("ana"), true), new PairingEvent.Denied(key("bob"), true)),
        events(PairingEvent.Denied.class));
  }

  @Test
  @DisplayName("A denial can be lifted, is no block, and becomes one")
  void denied() {
    store.deny(challenged("ana").requestId(), false, "not now", OPERATOR);
    store.deny(challenged("bob").requestId(), false, null, OPERATOR);
    assertTrue(store.blocked(AccountFilter.ALL, FIRST).items().isEmpty());
    assertEquals(1, store.unblock(key("ana"), OPERATOR));
    assertInstanceOf(Challenge.class, write("ana"));
    assertEquals(1, store.block(key("bob"), "never", OPERATOR));
    assertEquals(1, store.blocked(AccountFilter.ALL, FIRST).items().size());
  }

  @Test
  @DisplayName("A group keeps its approval under its new id")
  void movedGroup() {
    seed("group 1");
    assertTrue(store.moveGroup(key("group 1"), key("group 2")));
    assertEquals(Admit.MEMBER, write("group 2"));
    assertFalse(write("group 1") instanceof Admit);
    assertFalse(store.moveGroup(key("group 3"), key("group 4")));
  }

  @Test
  @DisplayName("The audit trail names who did what, newest first, and can be continued")
  void audited() {
    seed("ana");
    long position = store.newestAuditId();
    store.revoke(key("ana"), OPERATOR);
    PendingRequest bob = challenged("bob");
    store.deny(bob.requestId(), true, "spam", OPERATOR);
    assertEquals(List.of("blocked", "challenged", "revoked", "seeded"), actions());
    List<AuditEntry> after = store.auditAfter(position, 10);
    assertEquals(
        List.of("revoked", "challenged", "blocked"),
        after.stream().map(AuditEntry::action).toList());
    AuditEntry last = after.get(2);
    assertEquals("operator", last.actor());
    assertEquals("spam", last.detail());
    assertEquals(bob.requestId(), last.subject());
    assertEquals(
        List.of("blocked", "challenged"),
        pages(
            page -> store.audit(new AuditFilter(AccountFilter.ALL, "bob", null), page),
            AuditEntry::action));
  }
}
