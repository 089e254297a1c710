package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.testing.OnEveryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Channels and accounts whose names begin alike, each account with the same senders. */
@DisplayName("Allow-from statements")
@OnEveryDatabase
class AllowFromStatementsTest extends PairingContract {

  private static final List<String> CHANNELS = List.of("a", "aa", "b");
  private static final List<String> ACCOUNTS = List.of("x", "xx", "y");
  private static final List<String> SENDERS = List.of("ana", "bob", "eva", "ida");

  @BeforeEach
  void seed() {
    for (String channel : CHANNELS) {
      for (String account : ACCOUNTS) {
        // So that not every channel has every account.
        if (!(channel + account).equals("aax")) {
          List<SeedEntry> entries = SENDERS.stream().map(id -> new SeedEntry(id, null)).toList();
          pairing.store().seed(new ChannelAccount(channel, account), entries, OPERATOR);
        }
      }
    }
  }

  private Page<AllowedSender> page(AccountFilter accounts, int limit, String cursor) {
    return pairing
        .store()
        .allowed(new AllowFilter(accounts, null, false), new PageRequest(limit, cursor));
  }

  private List<SenderKey> keys(AccountFilter accounts, int limit, String cursor) {
    return page(accounts, limit, cursor).items().stream().map(AllowedSender::sender).toList();
  }

  private static List<AccountFilter> filters() {
    List<AccountFilter> filters = new ArrayList<>();
    for (String channel : new String[] {null, "a", "aa", "b", "nowhere"}) {
      for (String account : new String[] {null, "x", "xx", "y", "nobody"}) {
        filters.add(new AccountFilter(channel, account));
      }
    }
    return filters;
  }

  private static boolean fits(AccountFilter filter, SenderKey key) {
    return Objects.requireNonNullElse(filter.channel(), key.channel()).equals(key.channel())
        && Objects.requireNonNullElse(filter.accountId(), key.accountId()).equals(key.accountId());
  }

  @Test
  @DisplayName("Pages under any filter have each row once, in order")
  void underAnyFilter() {
    List<SenderKey> all = keys(AccountFilter.ALL, 1000, null);
    assertThat(all).hasSize(32).doesNotHaveDuplicates();
    for (AccountFilter filter : filters()) {
      List<SenderKey> expected = all.stream().filter(key -> fits(filter, key)).toList();
      for (int limit = 1; limit <= expected.size() + 1; limit++) {
        List<SenderKey> seen = new ArrayList<>();
        String cursor = null;
        do {
          Page<AllowedSender> page = page(filter, limit, cursor);
          page.items().forEach(row -> seen.add(row.sender()));
          assertThat(page.items())
              .as("none but the only page is empty")
              .hasSizeBetween(seen.isEmpty() ? 0 : 1, limit);
          cursor = page.next();
        } while (cursor != null);
        assertThat(seen).as(filter + " by " + limit).isEqualTo(expected);
      }
    }
  }

  @Test
  @DisplayName("A page can start after a row of another filter")
  void afterAnyRow() {
    List<SenderKey> all = keys(AccountFilter.ALL, 1000, null);
    for (int i = 0; i < all.size() - 1; i++) {
      String cursor = page(AccountFilter.ALL, i + 1, null).next();
      List<SenderKey> rest = all.subList(i + 1, all.size());
      for (AccountFilter filter : filters()) {
        assertThat(keys(filter, 1000, cursor))
            .as(filter + " after " + all.get(i))
            .isEqualTo(rest.stream().filter(key -> fits(filter, key)).toList());
      }
    }
  }

  @Test
  @DisplayName("A revocation applies to every account with an active row")
  void revokedEverywhere() {
    pairing.store().revoke(new SenderKey("a", "xx", "eva"), OPERATOR);
    assertThat(pairing.store().revokeOnAllAccounts("a", "eva", OPERATOR))
        .containsExactly(new SenderKey("a", "x", "eva"), new SenderKey("a", "y", "eva"));
    assertThat(pairing.store().revokeOnAllAccounts("a", "eva", OPERATOR)).isEmpty();
    assertThat(pairing.store().revokeOnAllAccounts("nowhere", "eva", OPERATOR)).isEmpty();
    assertThat(keys(AccountFilter.ALL, 1000, null).stream().filter(k -> k.senderId().equals("eva")))
        .extracting(SenderKey::channel)
        .containsOnly("aa", "b");
  }
}
