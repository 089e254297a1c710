package dev.nexo.pairing.store;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.database.Cursor;
import dev.nexo.pairing.database.PagedQuery;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** The lists an operator pages through, but for allow-from: {@link AllowFromStatements}. */
final class OperatorQueries {

  private static final Comparator<ChannelAccount> ACCOUNT_ORDER =
      Comparator.comparing(ChannelAccount::channel).thenComparing(ChannelAccount::accountId);

  private OperatorQueries() {}

  static Page<PendingRequest> pending(
      StatelessSession session, AccountFilter accounts, PageRequest page, Instant now) {
    PagedQuery listing =
        new PagedQuery("pairing_pending")
            .where("created_at > :expired")
            .with("expired", PendingEntity.newestExpired(now))
            .of(accounts);
    if (page.cursor() != null) {
      List<String> key = Cursor.read("pending", 4, page.cursor());
      listing
          .where("(created_at, channel, account_id, sender_id) > (:c0, :c1, :c2, :c3)")
          .with("c0", Cursor.number(key.get(0)))
          .with("c1", key.get(1))
          .with("c2", key.get(2))
          .with("c3", key.get(3));
    }
    return listing.page(
        session,
        PendingEntity.class,
        "created_at, channel, account_id, sender_id",
        page,
        PendingEntity::toRequest,
        row -> Cursor.after("pending", row.createdAt, row.channel, row.accountId, row.senderId));
  }

  static Map<String, Long> pendingByChannel(StatelessSession session, Instant now) {
    return session
        .createSelectionQuery(
            "select channel, count(*) from PendingEntity where createdAt > :expired group by channel",
            Object[].class)
        .setParameter("expired", PendingEntity.newestExpired(now))
        .getResultStream()
        .collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
  }

  /**
   * Goes from account to account by the primary key's index, instead of through every row, of which
   * there may be a million. Rows from before this module may name accounts that no message can come
   * from: those are left out.
   */
  static List<ChannelAccount> accounts(StatelessSession session, int limit) {
    Set<ChannelAccount> accounts = new TreeSet<>(ACCOUNT_ORDER);
    for (String table : List.of("pairing_allow_from", "pairing_pending")) {
      String channel = "";
      String account = "";
      for (int i = 0; i < limit; i++) {
        List<Object[]> next =
            session
                .createNativeQuery(
                    "SELECT channel, account_id FROM "
                        + table
                        + " WHERE (channel, account_id) > (:channel, :account)"
                        + " ORDER BY channel, account_id LIMIT 1",
                    Object[].class)
                .setParameter("channel", channel)
                .setParameter("account", account)
                .getResultList();
        if (next.isEmpty()) {
          break;
        }
        channel = (String) next.get(0)[0];
        account = (String) next.get(0)[1];
        account(channel, account).ifPresent(accounts::add);
      }
    }
    return accounts.stream().limit(limit).toList();
  }

  private static Optional<ChannelAccount> account(String channel, String account) {
    try {
      return Optional.of(new ChannelAccount(channel, account));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  static Page<AuditEntry> audit(StatelessSession session, AuditFilter filter, PageRequest page) {
    PagedQuery listing = new PagedQuery("pairing_audit").of(filter.accounts());
    if (filter.senderId() != null) {
      listing.where("sender_id = :sender").with("sender", filter.senderId());
    }
    if (filter.since() != null) {
      listing.where("at >= :since").with("since", filter.since().toEpochMilli());
    }
    if (page.cursor() != null) {
      listing
          .where("id < :id")
          .with("id", Cursor.number(Cursor.read("audit", 1, page.cursor()).get(0)));
    }
    return listing.page(
        session,
        AuditEntity.class,
        "id DESC",
        page,
        AuditEntity::toEntry,
        row -> Cursor.after("audit", row.id));
  }
}
