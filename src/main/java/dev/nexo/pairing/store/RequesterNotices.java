package dev.nexo.pairing.store;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.RequesterNotice;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Puts messages about the outcome of a request into the outbox, in the transaction of the outcome:
 * those of {@code notify_requester}, at most one of each kind for a request. Thread-safe.
 *
 * <p>A denial and an expiry are told only to senders who have received the code: not for a silent
 * request, and not if the code was never delivered. Groups are told nothing, because everybody in
 * them would read it. Neither is a sender who is blocked.
 */
@Component
class RequesterNotices {

  private static final String WAS_DELIVERED =
      "SELECT 1 FROM pairing_outbox WHERE request_id = ? AND kind = 'challenge'"
          + " AND sent_at IS NOT NULL";

  private final Policies policies;
  private final IdSource ids;

  @Inject
  RequesterNotices(Policies policies, IdSource ids) {
    this.policies = policies;
    this.ids = ids;
  }

  /**
   * Adds the message about an approval.
   *
   * @param notify whether to add it; null: as configured
   */
  void approved(Transaction tx, PendingEntity request, Boolean notify, Instant now)
      throws SQLException {
    boolean wanted = notify == null ? isWanted(request, RequesterNotice.APPROVED) : notify;
    if (wanted) {
      add(tx, request, RequesterNotice.APPROVED, now);
    }
  }

  /** Adds the message about a denial, if it is configured. */
  void denied(Transaction tx, PendingEntity request, Instant now) throws SQLException {
    if (isWanted(request, RequesterNotice.DENIED) && knowsCode(tx, request)) {
      add(tx, request, RequesterNotice.DENIED, now);
    }
  }

  /**
   * Adds messages to the senders of requests that have expired, if it is configured. A request that
   * expired an hour ago, while no server was running, is too old.
   */
  void expired(Transaction tx, List<PendingEntity> requests, Instant now) throws SQLException {
    Instant oldest = now.minus(PendingEntity.LIFETIME);
    for (PendingEntity request : requests) {
      if (isWanted(request, RequesterNotice.EXPIRED)
          && request.toRequest().expiresAt().isAfter(oldest)
          && knowsCode(tx, request)) {
        add(tx, request, RequesterNotice.EXPIRED, now);
      }
    }
  }

  /** Deletes the message about an expiry that was not sent yet. */
  static void forgetExpiry(Transaction tx, SenderKey sender) throws SQLException {
    tx.run(
        "DELETE FROM pairing_outbox WHERE channel = ? AND account_id = ? AND sender_id = ?"
            + " AND kind = 'expired' AND sent_at IS NULL",
        sender);
  }

  private boolean isWanted(PendingEntity request, RequesterNotice notice) {
    // Rows of Nexo may name accounts that are not valid.
    AccountPolicy policy =
        ChannelAccount.isChannel(request.channel) && ChannelAccount.isAccount(request.accountId)
            ? policies.of(new ChannelAccount(request.channel, request.accountId))
            : AccountPolicy.DEFAULT;
    return policy.notifyRequester().contains(notice);
  }

  private static boolean knowsCode(Transaction tx, PendingEntity request) throws SQLException {
    return request.silent == 0
        && tx.statements().first(WAS_DELIVERED, row -> true, request.requestId).isPresent();
  }

  private void add(Transaction tx, PendingEntity request, RequesterNotice notice, Instant now)
      throws SQLException {
    PendingStatements.queue(tx, ids.nextUuid(), notice.wireName(), request, now);
  }
}
