package dev.nexo.pairing.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Cursor;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;

/**
 * Who was dropped lately, a list for each account: strangers flood an account by inventing senders,
 * and cannot invent accounts. {@value #MAX_ACCOUNTS} of those are kept, the little used going
 * first, so that with 500 characters of text each all of it stays within some 40 MB.
 */
@Component
class RecentDrops implements DroppedSenders {

  static final int MAX_ACCOUNTS = 100;

  private static final String LIST = "dropped";
  private static final int CURSOR_PARTS = 5;

  /** An account, well-formed or not: nothing here may throw because of a message. */
  private record Account(String channel, String accountId) {
    boolean isOf(AccountFilter filter) {
      return (filter.channel() == null || filter.channel().equals(channel))
          && (filter.accountId() == null || filter.accountId().equals(accountId));
    }
  }

  /** Where an entry stands in the list, and where a page ended; the entry may be gone since. */
  private record Place(
      long lastAt, String channel, String accountId, String senderId, String reason) {

    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::lastAt)
            .reversed()
            .thenComparing(Place::channel)
            .thenComparing(Place::accountId)
            .thenComparing(Place::senderId)
            .thenComparing(Place::reason);

    static Place of(DroppedSender entry) {
      SenderKey sender = entry.sender();
      return new Place(
          entry.lastAt().toEpochMilli(),
          sender.channel(),
          sender.accountId(),
          sender.senderId(),
          entry.reason().wireName());
    }

    static Place read(String cursor) {
      List<String> key = Cursor.read(LIST, CURSOR_PARTS, cursor);
      return new Place(Cursor.number(key.get(0)), key.get(1), key.get(2), key.get(3), key.get(4));
    }

    String cursor() {
      return Cursor.after(LIST, lastAt, channel, accountId, senderId, reason);
    }
  }

  private final Cache<Account, DropList> accounts;
  private final Clock clock;

  @Inject
  RecentDrops(Clock clock) {
    this.clock = clock;
    this.accounts = Caffeine.newBuilder().maximumSize(MAX_ACCOUNTS).executor(Runnable::run).build();
  }

  @Override
  public void dropped(SenderKey sender, DropReason reason, String text) {
    if (SenderKey.isSender(sender.senderId())) {
      accounts
          .get(new Account(sender.channel(), sender.accountId()), account -> new DropList())
          .add(sender, reason, text, clock.millis());
    }
  }

  @Override
  public Page<DroppedSender> page(AccountFilter filter, PageRequest page) {
    Place after = page.cursor() == null ? null : Place.read(page.cursor());
    List<DroppedSender> rows =
        accounts.asMap().entrySet().stream()
            .filter(account -> account.getKey().isOf(filter))
            .flatMap(account -> account.getValue().all().stream())
            .filter(entry -> after == null || Place.ORDER.compare(Place.of(entry), after) > 0)
            .sorted(Comparator.comparing(Place::of, Place.ORDER))
            .limit(page.limit() + 1L)
            .toList();
    if (rows.size() <= page.limit()) {
      return new Page<>(rows, null);
    }
    List<DroppedSender> shown = rows.subList(0, page.limit());
    return new Page<>(shown, Place.of(shown.get(shown.size() - 1)).cursor());
  }
}
