package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.testing.MovableClock;
import dev.nexo.pairing.testing.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Recent drops")
class RecentDropsTest {

  private static final Duration MOMENT = Duration.ofMillis(10);
  private static final PageRequest ALL = new PageRequest(1000, null);

  private final MovableClock clock = new MovableClock();
  private final RecentDrops drops = new RecentDrops(clock);

  private static SenderKey on(String account, String sender) {
    return new SenderKey("chat", account, sender);
  }

  private void drop(String account, String sender) {
    clock.move(MOMENT);
    drops.dropped(on(account, sender), DropReason.MAX_PENDING, "hi from " + sender);
  }

  private void flood(String account, int senders, int messages) {
    for (int message = 0; message < messages; message++) {
      for (int i = 0; i < senders; i++) {
        drop(account, "flood " + i);
      }
    }
  }

  private List<String> senders(String account) {
    return drops.page(new AccountFilter(null, account), ALL).items().stream()
        .map(entry -> entry.sender().senderId())
        .toList();
  }

  @Test
  @DisplayName("A sender and reason have one entry with the last message")
  void oneEntry() {
    SenderKey ana = on("home", "ana");
    drops.dropped(ana, DropReason.DENIED, "first");
    clock.move(MOMENT);
    drops.dropped(ana, DropReason.DENIED, "second");
    clock.move(MOMENT);
    drops.dropped(ana, DropReason.DENIED, null);
    drops.dropped(ana, DropReason.BLOCKED, null);
    assertThat(drops.page(AccountFilter.ALL, ALL).items())
        .containsExactly(
            new DroppedSender(ana, DropReason.BLOCKED, 1, clock.instant(), clock.instant(), null),
            new DroppedSender(
                ana, DropReason.DENIED, 3, MovableClock.START, clock.instant(), "second"));
  }

  @Test
  @DisplayName("A sender who writes a million times has one entry")
  void aMillionTimes() {
    for (int i = 0; i < 1_000_000; i++) {
      drops.dropped(on("home", "mallory"), DropReason.BLOCKED, "spam");
    }
    assertThat(drops.page(AccountFilter.ALL, ALL).items())
        .extracting(DroppedSender::count)
        .containsExactly(1_000_000L);
  }

  @Test
  @DisplayName("A text is cut to 500 characters without splitting one")
  void cutsText() {
    drops.dropped(on("home", "ana"), DropReason.DENIED, "x".repeat(499) + "😀 and more");
    assertThat(drops.page(AccountFilter.ALL, ALL).items().get(0).text()).isEqualTo("x".repeat(499));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\u0007b", " ana", "\ud83d"})
  @DisplayName("A message without a valid sender is not recorded")
  void noSender(String sender) {
    drops.dropped(on("home", sender), DropReason.REJECTED_SENDER, null);
    drops.dropped(on("home", "x".repeat(257)), DropReason.REJECTED_SENDER, null);
    assertThat(drops.page(AccountFilter.ALL, ALL).items()).isEmpty();
  }

  @Test
  @DisplayName("A flood on another account removes no entry")
  void floodElsewhere() {
    drop("home", "ana");
    flood("work", 10_000, 1);
    assertThat(senders("home")).containsExactly("ana");
    assertThat(senders("work")).hasSize(DropList.CAPACITY).startsWith("flood 9999");
  }

  @Test
  @DisplayName("A flood of made-up senders removes no sender who wrote more often")
  void floodHere() {
    drop("home", "once");
    for (int i = 0; i < 3; i++) {
      drop("home", "ana");
    }
    flood("home", 10_000, 1);
    assertThat(senders("home")).contains("ana").doesNotContain("once");
    for (int i = 0; i < 1_000; i++) {
      drop("home", "twice " + i);
      drop("home", "twice " + i);
    }
    assertThat(senders("home")).hasSize(DropList.CAPACITY).contains("ana");
  }

  @Test
  @DisplayName("A new sender is listed even while all others write repeatedly")
  void newcomers() {
    flood("home", DropList.CAPACITY, 5);
    drop("home", "ana");
    drop("home", "bob");
    for (int i = 0; i < DropList.NEWCOMERS - 2; i++) {
      drop("home", "newer " + i);
    }
    assertThat(senders("home")).hasSize(DropList.CAPACITY).contains("ana", "bob");
    drop("home", "one more");
    assertThat(senders("home")).contains("bob", "one more").doesNotContain("ana");
  }

  @Test
  @DisplayName("An old flood does not hide a sender who writes now")
  void oldFloods() {
    flood("home", DropList.CAPACITY, 50);
    clock.move(Duration.ofDays(1));
    for (int i = 0; i < DropList.CAPACITY; i++) {
      drop("home", "today " + i);
    }
    assertThat(senders("home")).allMatch(sender -> sender.startsWith("today"));
  }

  @Test
  @DisplayName("A clock that is set back does no harm")
  void clockSetBack() {
    flood("home", DropList.CAPACITY, 2);
    clock.move(Duration.ofDays(-400));
    flood("home", 300, 3);
    assertThat(senders("home")).hasSize(DropList.CAPACITY).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("The number of accounts is limited")
  void accountsAreBounded() {
    for (int i = 0; i < 1_000; i++) {
      drop("account-" + i, "ana");
    }
    assertThat(drops.page(AccountFilter.ALL, ALL).items())
        .hasSizeLessThanOrEqualTo(RecentDrops.MAX_ACCOUNTS)
        .hasSizeGreaterThan(RecentDrops.MAX_ACCOUNTS / 2);
  }

  @Test
  @DisplayName("Pages contain each entry once, even while senders write")
  void pages() {
    for (int i = 0; i < 50; i++) {
      drop("home", "sender " + i);
      drops.dropped(on("work", "sender " + i), DropReason.DENIED, null);
      drops.dropped(on("home", "sender " + i), DropReason.BLOCKED, null);
    }
    List<DroppedSender> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<DroppedSender> page = drops.page(AccountFilter.ALL, new PageRequest(7, cursor));
      seen.addAll(page.items());
      cursor = page.next();
      clock.move(MOMENT);
      // Already shown; it moves to the top, and no entry may appear twice.
      drops.dropped(seen.get(0).sender(), seen.get(0).reason(), null);
    } while (cursor != null);
    Set<String> keys = new HashSet<>();
    seen.forEach(entry -> keys.add(entry.sender() + " " + entry.reason()));
    assertThat(seen).hasSize(150);
    assertThat(keys).hasSize(150);
    assertThat(seen)
        .extracting(DroppedSender::lastAt)
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "", "!", "ZHJvcHBlZAB4AGEAYgBjAGQ", "YWxsb3cAYQBiAGM"})
  @DisplayName("A cursor of another list is refused")
  void refusesForeignCursors(String cursor) {
    assertThatThrownBy(() -> drops.page(AccountFilter.ALL, new PageRequest(10, cursor)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("cursor");
  }

  @Test
  @DisplayName("Concurrent senders are all recorded")
  void manyThreads() throws Exception {
    Together.run(
        8,
        thread -> {
          for (int i = 0; i < 10_000; i++) {
            drops.dropped(on("home", "sender " + i % 100), DropReason.BLOCKED, "x");
          }
          return null;
        });
    assertThat(drops.page(AccountFilter.ALL, ALL).items())
        .hasSize(100)
        .extracting(DroppedSender::count)
        .containsOnly(800L);
  }
}
