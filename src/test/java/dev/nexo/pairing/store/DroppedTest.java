package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.DroppedSenders.Action;
import dev.nexo.pairing.DroppedSenders.Filter;
import dev.nexo.pairing.DroppedSenders.Outcome;
import dev.nexo.pairing.DroppedSenders.Result;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Together;
import dev.nexo.pairing.testkit.MovableClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Dropped senders")
@OnEveryDatabase
class DroppedTest extends PairingContract {

  private static final Duration MOMENT = Duration.ofMillis(10);

  private DroppedSenders drops() {
    return pairing.get(DroppedSenders.class);
  }

  private static SenderKey on(String account, String sender) {
    return new SenderKey("chat", account, sender);
  }

  private void drop(String account, String sender) {
    drop(account, sender, DropReason.MAX_PENDING);
  }

  private void drop(String account, String sender, DropReason reason) {
    pairing.clock().move(MOMENT);
    drops().dropped(on(account, sender), reason, "hi from " + sender);
  }

  private void flood(String account, int senders, int messages) {
    for (int message = 0; message < messages; message++) {
      for (int i = 0; i < senders; i++) {
        drop(account, "flood " + i);
      }
    }
  }

  /** Returns the list, after this server has written what it holds. */
  private List<DroppedSender> list() {
    return list(drops());
  }

  private static List<DroppedSender> list(DroppedSenders drops) {
    List<DroppedSender> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<DroppedSender> page = drops.page(Filter.ALL, new PageRequest(1000, cursor));
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }

  private List<String> senders(String account) {
    return drops().page(new Filter(new AccountFilter(null, account), null), ALL).items().stream()
        .map(entry -> entry.sender().senderId())
        .toList();
  }

  private long rows() throws SQLException {
    try (Connection connection = outside();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM pairing_dropped")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  @DisplayName("A sender and reason have one entry with the last message")
  void oneEntry() {
    MovableClock clock = pairing.clock();
    SenderKey ana = on("home", "ana");
    drops().dropped(ana, DropReason.DENIED, "first");
    clock.move(MOMENT);
    drops().dropped(ana, DropReason.DENIED, "second");
    list();
    clock.move(MOMENT);
    drops().dropped(ana, DropReason.DENIED, null);
    drops().dropped(ana, DropReason.BLOCKED, null);
    assertThat(list())
        .containsExactly(
            new DroppedSender(ana, DropReason.BLOCKED, 1, clock.instant(), clock.instant(), null),
            new DroppedSender(
                ana, DropReason.DENIED, 3, MovableClock.START, clock.instant(), "second"));
    assertThat(drops().count(Filter.ALL)).isEqualTo(2);
    Filter denied = new Filter(AccountFilter.ALL, DropReason.DENIED);
    assertThat(drops().page(denied, ALL).items()).hasSize(1);
    assertThat(drops().count(denied)).isEqualTo(1);
  }

  @Test
  @DisplayName("Any number of messages is one row, written at most every 2 s")
  void oneRow() throws SQLException {
    for (int i = 0; i < 100_000; i++) {
      drops().dropped(on("home", "mallory"), DropReason.BLOCKED, "spam");
    }
    assertThat(list()).extracting(DroppedSender::count).containsExactly(100_000L);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  @DisplayName("The list survives a restart")
  void survivesRestart() {
    drop("home", "ana");
    pairing.close();
    pairing =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(StorageSettings.class, storage)
            .open();
    assertThat(list()).extracting(one -> one.sender().senderId()).containsExactly("ana");
  }

  @Test
  @DisplayName("Two servers have one list, and add up the same sender")
  void twoServers() throws Exception {
    try (PairingContainer other =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(StorageSettings.class, storage)
            .with(Clock.class, pairing.clock())
            .open()) {
      DroppedSenders there = other.get(DroppedSenders.class);
      Together.run(
          2,
          server -> {
            DroppedSenders drops = server == 0 ? drops() : there;
            for (int round = 0; round < 20; round++) {
              for (int i = 0; i < 50; i++) {
                drops.dropped(on("home", "sender " + i), DropReason.BLOCKED, "from " + server);
              }
              list(drops);
            }
            return null;
          });
      assertThat(list())
          .hasSize(50)
          .isEqualTo(list(there))
          .extracting(DroppedSender::count)
          .containsOnly(40L);
    }
  }

  @Test
  @DisplayName("A text is cut to 500 characters without splitting one")
  void cutsText() {
    drops().dropped(on("home", "ana"), DropReason.DENIED, "x".repeat(499) + "😀 and more");
    assertThat(list().get(0).text()).isEqualTo("x".repeat(499));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\u0007b", " ana", "\ud83d"})
  @DisplayName("A message without a valid sender is not recorded")
  void noSender(String sender) {
    drops().dropped(on("home", sender), DropReason.REJECTED_SENDER, null);
    drops().dropped(on("home", "x".repeat(257)), DropReason.REJECTED_SENDER, null);
    drops().dropped(on("an account", "ana"), DropReason.REJECTED_SENDER, null);
    drops().dropped(new SenderKey("A Channel", "home", "ana"), DropReason.BLOCKED, null);
    assertThat(list()).isEmpty();
  }

  @Test
  @DisplayName("100,000 made-up senders take bounded space and hide nobody who repeats")
  void madeUpSenders() throws SQLException {
    drop("work", "quiet");
    for (int i = 0; i < 100_000; i++) {
      drops().dropped(on("home", "made-up " + i), DropReason.MAX_PENDING, "x".repeat(500));
      if (i % 20 == 0) {
        drop("home", "ana");
      }
      if (i % 4_000 == 0) {
        list();
      }
    }
    assertThat(senders("work")).containsExactly("quiet");
    assertThat(senders("home"))
        .contains("ana", "made-up 99999")
        .hasSizeLessThanOrEqualTo(DatabaseDroppedSenders.MAX_PER_ACCOUNT);
    assertThat(rows()).isLessThanOrEqualTo(DatabaseDroppedSenders.MAX_PER_ACCOUNT + 1);
  }

  @Test
  @DisplayName("A new sender is listed even while all others write repeatedly")
  void newcomers() {
    for (int part = 0; part < 5; part++) {
      for (int i = 0; i < DropList.CAPACITY; i++) {
        drop("home", "known " + part + " " + i);
        drop("home", "known " + part + " " + i);
      }
      list();
    }
    drop("home", "ana");
    drop("home", "bob");
    for (int i = 0; i < DropList.NEWCOMERS - 2; i++) {
      drop("home", "newer " + i);
    }
    assertThat(senders("home"))
        .hasSize(DatabaseDroppedSenders.MAX_PER_ACCOUNT)
        .contains("ana", "bob");
    drop("home", "one more");
    assertThat(senders("home")).contains("bob", "one more").doesNotContain("ana");
  }

  @Test
  @DisplayName("An old flood does not hide a sender who writes now")
  void oldFloods() {
    for (int part = 0; part < 3; part++) {
      flood("home", DropList.CAPACITY, 8);
      list();
    }
    pairing.clock().move(Duration.ofDays(1));
    for (int part = 0; part < 3; part++) {
      for (int i = 0; i < 180; i++) {
        drop("home", "today " + part + " " + i);
      }
      list();
    }
    assertThat(senders("home"))
        .filteredOn(sender -> sender.startsWith("today"))
        .hasSizeGreaterThan(290);
  }

  @Test
  @DisplayName("A clock that is set back does no harm")
  void clockSetBack() {
    flood("home", DropList.CAPACITY, 2);
    list();
    pairing.clock().move(Duration.ofDays(-400));
    flood("home", 300, 3);
    assertThat(senders("home")).hasSizeBetween(200, 300).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("Full accounts lose entries before accounts with few")
  void allAccounts() throws SQLException {
    int accounts = DatabaseDroppedSenders.MAX_ROWS / DatabaseDroppedSenders.MAX_PER_ACCOUNT + 4;
    drop("quiet", "ana");
    for (int part = 0; part < 3; part++) {
      for (int account = 0; account < accounts; account++) {
        for (int i = 0; i < DropList.CAPACITY; i++) {
          drop("full-" + account, "part " + part + " " + i);
        }
      }
      list();
    }
    assertThat(senders("quiet")).containsExactly("ana");
    assertThat(rows()).isLessThanOrEqualTo(DatabaseDroppedSenders.MAX_ROWS);
    for (int account = 0; account < accounts; account++) {
      assertThat(senders("full-" + account)).hasSizeBetween(400, 430);
    }
  }

  @Test
  @DisplayName("Entries end 30 days after the last message")
  void forgets() {
    drop("home", "old");
    list();
    pairing.clock().move(DatabaseDroppedSenders.KEPT.minusMinutes(1));
    drop("home", "new");
    list();
    DatabaseDroppedSenders sweep = pairing.get(DatabaseDroppedSenders.class);
    sweep.sweep(pairing.clock().instant());
    assertThat(senders("home")).containsExactly("new", "old");
    pairing.clock().move(Duration.ofMinutes(2));
    sweep.sweep(pairing.clock().instant());
    assertThat(senders("home")).containsExactly("new");
  }

  @Test
  @DisplayName("Pages contain each entry once, even while senders write")
  void pages() {
    for (int i = 0; i < 50; i++) {
      drop("home", "sender " + i);
      drops().dropped(on("work", "sender " + i), DropReason.DENIED, null);
      drops().dropped(on("home", "sender " + i), DropReason.BLOCKED, null);
    }
    List<DroppedSender> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<DroppedSender> page = drops().page(Filter.ALL, new PageRequest(7, cursor));
      seen.addAll(page.items());
      cursor = page.next();
      pairing.clock().move(MOMENT);
      // Already shown; it moves to the top, and no entry may appear twice.
      drops().dropped(seen.get(0).sender(), seen.get(0).reason(), null);
    } while (cursor != null);
    Set<String> keys = new HashSet<>();
    seen.forEach(entry -> keys.add(entry.sender() + " " + entry.reason()));
    assertThat(seen).hasSize(150);
    assertThat(keys).hasSize(150);
    assertThat(seen)
        .extracting(DroppedSender::lastAt)
        .isSortedAccordingTo(Collections.reverseOrder());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "", "!", "ZHJvcHBlZAB4AGEAYgBjAGQ", "YWxsb3cAYQBiAGM"})
  @DisplayName("A cursor of another list is refused")
  void refusesForeignCursors(String cursor) {
    assertThatThrownBy(() -> drops().page(Filter.ALL, new PageRequest(10, cursor)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("cursor");
  }

  @Test
  @DisplayName("Concurrent senders are all recorded, also while the sums are written")
  void manyThreads() throws Exception {
    Together.run(
        8,
        thread -> {
          for (int i = 0; i < 10_000; i++) {
            drops().dropped(on("home", "sender " + i % 100), DropReason.BLOCKED, "x");
            if (i % 1_000 == 0) {
              list();
            }
          }
          return null;
        });
    assertThat(list()).hasSize(100).extracting(DroppedSender::count).containsOnly(800L);
  }

  @Test
  @DisplayName("If the database fails, the sums are kept and written later")
  void databaseFails() throws SQLException {
    try (Connection connection = outside();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE pairing_dropped RENAME TO away");
      drop("home", "ana");
      assertThatThrownBy(this::list).isInstanceOf(StorageUnavailableException.class);
      drop("home", "ana");
      statement.execute("ALTER TABLE away RENAME TO pairing_dropped");
    }
    assertThat(list()).extracting(DroppedSender::count).containsExactly(2L);
  }

  @Test
  @DisplayName("An entry ends when an operator decides about the sender in any way")
  void endsWithDecision() {
    for (String sender : List.of("request", "seeded", "blocked", "stays")) {
      drop("default", sender);
    }
    list();
    approve(challenged("request"));
    seed("seeded");
    pairing.store().block(key("blocked"), null, OPERATOR);
    assertThat(senders("default")).containsExactly("stays");
  }

  @Test
  @DisplayName("Messages from before a decision do not bring the entry back")
  void outdated() {
    for (String sender : List.of("seeded", "blocked")) {
      drop("default", sender);
    }
    // As if another server had decided: this one has written nothing yet.
    seed("seeded");
    pairing.store().block(key("blocked"), null, OPERATOR);
    assertThat(list()).isEmpty();
    drop("default", "blocked", DropReason.BLOCKED);
    drop("default", "seeded", DropReason.STORAGE);
    assertThat(senders("default")).containsExactly("seeded", "blocked");
  }

  private List<Result> decide(Action action, String... senders) {
    return drops()
        .decide(action, List.of(senders).stream().map(DroppedTest::key).toList(), OPERATOR);
  }

  private void outcomes(List<Result> results, Object... expected) {
    List<Object> found = new ArrayList<>();
    results.forEach(
        one -> found.add(one.outcome() == Outcome.REJECTED ? one.reason() : one.outcome()));
    assertThat(found).containsExactly(expected);
  }

  @Test
  @DisplayName("Many senders are approved in one call, each with its own result")
  void approvesMany() {
    seed("already");
    pairing.store().block(key("eve"), null, OPERATOR);
    decide(Action.DENY, "denied");
    challenged("asked");
    for (String sender : List.of("ana", "bob", "eve", "denied", "already", "bad")) {
      drop("default", sender);
    }
    outcomes(
        decide(
            Action.APPROVE,
            "ana",
            "bob",
            "eve",
            "denied",
            "already",
            "bad",
            "away",
            "asked",
            "ana"),
        Outcome.DONE,
        Outcome.DONE,
        "blocked",
        Outcome.DONE,
        Outcome.UNCHANGED,
        "rejected_sender",
        "adapter_unavailable",
        Outcome.DONE,
        Outcome.DONE);
    for (String sender : List.of("ana", "bob", "denied", "already", "asked")) {
      assertThat(write(sender)).as(sender).isInstanceOf(Admit.class);
    }
    assertThat(write("eve")).isEqualTo(new Drop(DropReason.BLOCKED));
    assertThat(pending()).isEmpty();
    assertThat(senders("default")).contains("bad").doesNotContain("ana", "bob", "denied");
    assertThat(audit())
        .filteredOn(entry -> entry.action().equals("approved"))
        .extracting(entry -> entry.sender().senderId())
        .containsExactlyInAnyOrder("ana", "bob", "denied", "asked");
    assertThat(pairing.notices().of(PairingEvent.Approved.class)).hasSize(4);
  }

  @Test
  @DisplayName("Many senders are blocked or denied, but nobody who is admitted")
  void refusesMany() {
    seed("friend");
    drop("default", "friend", DropReason.STORAGE);
    outcomes(
        decide(Action.BLOCK, "eve", "friend", "EVE"), Outcome.DONE, "allow_from", Outcome.DONE);
    outcomes(
        decide(Action.DENY, "mallory", "friend", "eve"),
        Outcome.DONE,
        "allow_from",
        Outcome.UNCHANGED);
    assertThat(write("friend")).isInstanceOf(Admit.class);
    assertThat(write("eve")).isEqualTo(new Drop(DropReason.BLOCKED));
    assertThat(write("mallory")).isEqualTo(new Drop(DropReason.DENIED));
    pairing.clock().move(Duration.ofMinutes(61));
    assertThat(challenged("mallory")).isNotNull();
    assertThat(write("eve")).isEqualTo(new Drop(DropReason.BLOCKED));
    outcomes(decide(Action.BLOCK, "eve"), Outcome.UNCHANGED);
  }

  @Test
  @DisplayName("A revoked or expired sender who is blocked in bulk stays out after unblocking")
  void blocksEnded() {
    seed("gone");
    revoke("gone");
    outcomes(decide(Action.BLOCK, "gone"), Outcome.DONE);
    pairing.store().unblock(key("gone"), OPERATOR);
    assertThat(pairing.gate().shouldAdmit("chat", null, "gone", AdmissionPolicy.CHALLENGE))
        .isNotInstanceOf(Admit.class);
  }

  @Test
  @DisplayName("1,000 senders are decided at once, and not one more")
  void aThousand() {
    String[] senders =
        IntStream.range(0, 1_000).mapToObj(i -> "sender " + i).toArray(String[]::new);
    assertThat(decide(Action.APPROVE, senders))
        .hasSize(1_000)
        .extracting(Result::outcome)
        .containsOnly(Outcome.DONE);
    List<SenderKey> more = Collections.nCopies(1_001, key("ana"));
    assertThatThrownBy(() -> drops().decide(Action.DENY, more, OPERATOR))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  @DisplayName("Senders of several accounts are decided in one call")
  void severalAccounts() {
    List<Result> results =
        drops().decide(Action.BLOCK, List.of(on("home", "eve"), on("work", "eve")), OPERATOR);
    assertThat(results)
        .extracting(Result::sender, Result::outcome)
        .containsExactly(
            tuple(on("home", "eve"), Outcome.DONE), tuple(on("work", "eve"), Outcome.DONE));
    assertThat(pairing.store().blocked(AccountFilter.ALL, ALL).items()).hasSize(2);
  }
}
