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
import dev.nexo.pairing.database.PagedQuery;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the recently dropped senders, in one list per account: strangers can flood an account with
 * invented sender ids, but cannot invent accounts. Keeps {@value #MAX_ACCOUNTS} accounts and
 * discards the least used ones, which limits the memory to about 40 MB. Thread-safe.
 */
@Component
class RecentDrops implements DroppedSenders {

  static final int MAX_ACCOUNTS = 100;

  private static final String LIST = "dropped";
  private static final int CURSOR_PARTS = 5;

  /** An account without validation, because no message may cause an exception here. */
  private record Account(String channel, String accountId) {
    boolean isOf(AccountFilter filter) {
      return (filter.channel() == null || filter.channel().equals(channel))
          && (filter.accountId() == null || filter.accountId().equals(accountId));
    }
  }

  /** The key of an entry, also used as the cursor of a page. */
  private record Key(
      long lastAt, String channel, String accountId, String senderId, String reason) {

    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::lastAt)
            .reversed()
            .thenComparing(Key::channel)
            .thenComparing(Key::accountId)
            .thenComparing(Key::senderId)
            .thenComparing(Key::reason);

    static Key of(DroppedSender entry) {
      SenderKey sender = entry.sender();
      return new Key(
          entry.lastAt().toEpochMilli(),
          sender.channel(),
          sender.accountId(),
          sender.senderId(),
          entry.reason().wireName());
    }

    static Key read(String cursor) {
      List<String> key = Cursor.read(LIST, CURSOR_PARTS, cursor);
      return new Key(Cursor.number(key.get(0)), key.get(1), key.get(2), key.get(3), key.get(4));
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
    Key after = page.cursor() == null ? null : Key.read(page.cursor());
    List<DroppedSender> rows =
        accounts.asMap().entrySet().stream()
            .filter(account -> account.getKey().isOf(filter))
            .flatMap(account -> account.getValue().all().stream())
            .filter(entry -> after == null || Key.ORDER.compare(Key.of(entry), after) > 0)
            .sorted(Comparator.comparing(Key::of, Key.ORDER))
            .limit(page.limit() + 1L)
            .toList();
    return PagedQuery.page(rows, page, last -> Key.of(last).cursor());
  }
}
