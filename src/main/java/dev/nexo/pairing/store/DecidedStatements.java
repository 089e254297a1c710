package dev.nexo.pairing.store;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.PagedQuery;
import dev.nexo.pairing.database.StatementCache;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.internal.DecidedRequests;
import dev.nexo.pairing.internal.DecidedRequests.Denied;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** SQL on {@code pairing_decided}: requests as they were before an operator decided them. */
final class DecidedStatements {

  /** The bit of {@code queued} for a challenge that was not sent. */
  static final int CHALLENGE = 1;

  /** The bit of {@code queued} for a code alone that was not sent. */
  static final int CODE = 2;

  private static final String REQUEST =
      "request_id, number, code, channel, account_id, sender_id, created_at, meta_json,"
          + " first_text, account_named, silent";

  private static final String UNSENT =
      "CASE WHEN EXISTS (SELECT 1 FROM pairing_outbox o WHERE o.request_id = p.request_id"
          + " AND o.kind = '%s' AND o.sent_at IS NULL) THEN %d ELSE 0 END";

  /** An approval that releases messages cannot be undone: the bot may have them already. */
  private static final String REMEMBER =
      "INSERT INTO pairing_decided ("
          + REQUEST
          + ", queued, decision, decided_at, restorable_until) SELECT "
          + REQUEST
          + ", "
          + UNSENT.formatted(PendingStatements.CHALLENGE, CHALLENGE)
          + " + "
          + UNSENT.formatted(PendingStatements.CODE, CODE)
          + ", ?, ?, ? FROM pairing_pending p WHERE channel = ? AND account_id = ?"
          + " AND sender_id = ? AND (? = 0 OR NOT EXISTS"
          + " (SELECT 1 FROM pairing_held h WHERE h.request_id = p.request_id))";

  private static final String FIND =
      "SELECT channel, account_id, sender_id, decision, decided_at, restorable_until, queued,"
          + " created_at FROM pairing_decided WHERE request_id = ?";

  private static final String RESTORE =
      "INSERT INTO pairing_pending ("
          + REQUEST
          + ") SELECT "
          + REQUEST
          + " FROM pairing_decided WHERE request_id = ?";

  private static final String OF_DENIAL =
      "(SELECT %s FROM pairing_decided d WHERE d.channel = pairing_blocked.channel"
          + " AND d.account_id = pairing_blocked.account_id"
          + " AND d.sender_id = pairing_blocked.sender_id"
          + " AND d.decided_at = pairing_blocked.blocked_at LIMIT 1) AS %1$s";

  private DecidedStatements() {}

  /**
   * A request that was decided.
   *
   * @param action {@link AuditAction#APPROVED}, {@link AuditAction#DENIED} or {@link
   *     AuditAction#BLOCKED}
   * @param at when it was decided
   * @param until when the decision can no longer be undone
   * @param queued which messages its sender had not received, as bits
   * @param createdAt when the sender first wrote, in seconds since 1970
   */
  record Decided(
      SenderKey sender, AuditAction action, Instant at, Instant until, int queued, long createdAt) {

    /** Returns whether the sender's state is the one that this decision made. */
    boolean isStateOf(SenderState state, Instant now) {
      if (action == AuditAction.APPROVED) {
        return state.refusal() == null
            && state.isAllowedAt(now)
            && state.allowed().approvedAt().getEpochSecond() == at.getEpochSecond();
      }
      return state.refusal() != null
          && state.refusal().reason().wireName().equals(action.wireName())
          && state.refusal().since().equals(at);
    }
  }

  /** Stores a pending request that is being decided. */
  static void remember(Transaction tx, PendingEntity request, AuditAction action, Instant now)
      throws SQLException {
    Instant expires = Instant.ofEpochSecond(request.createdAt).plus(PendingEntity.LIFETIME);
    Instant until = now.plus(DecidedRequests.RESTORABLE);
    tx.run(
        REMEMBER,
        action.wireName(),
        now.toEpochMilli(),
        (until.isBefore(expires) ? until : expires).toEpochMilli(),
        request.key(),
        action == AuditAction.APPROVED ? 1 : 0);
  }

  static Optional<Decided> find(StatementCache statements, String requestId) throws SQLException {
    return statements.first(
        FIND,
        row ->
            new Decided(
                new SenderKey(row.getString(1), row.getString(2), row.getString(3)),
                AuditAction.of(row.getString(4)).orElseThrow(),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getInt(7),
                row.getLong(8)),
        requestId);
  }

  /** Makes a request pending again, as it was. */
  static void restore(Transaction tx, String requestId) throws SQLException {
    tx.run(RESTORE, requestId);
    tx.run("DELETE FROM pairing_decided WHERE request_id = ?", requestId);
    // What the decision has queued, such as the message about an approval.
    tx.run("DELETE FROM pairing_outbox WHERE request_id = ? AND sent_at IS NULL", requestId);
  }

  /** Deletes the held messages of denied requests that can no longer be restored. */
  static void purgeMessages(Transaction tx, Instant now) throws SQLException {
    tx.run(
        "DELETE FROM pairing_held WHERE approved_at IS NULL AND request_id IN"
            + " (SELECT request_id FROM pairing_decided WHERE restorable_until <= ?)",
        now.toEpochMilli());
  }

  /** Returns a page of the senders whose denial is active. */
  static Page<Denied> denied(
      StatementCache statements, AccountFilter accounts, PageRequest page, Instant now)
      throws SQLException {
    String columns =
        "*, " + OF_DENIAL.formatted("request_id") + ", " + OF_DENIAL.formatted("restorable_until");
    PagedQuery query =
        new PagedQuery(columns, "pairing_blocked")
            .where("denied_until > ?", now.toEpochMilli())
            .of(accounts);
    AllowFromStatements.after("denied", query, accounts, page);
    return PagedQuery.page(
        query.rows(
            statements, row -> denied(row, now), AllowFromStatements.ORDER, page.limit() + 1),
        page,
        item -> AllowFromStatements.cursor("denied", item.sender()));
  }

  private static Denied denied(ResultSet row, Instant now) throws SQLException {
    return new Denied(
        new SenderKey(
            row.getString("channel"), row.getString("account_id"), row.getString("sender_id")),
        Instant.ofEpochMilli(row.getLong("blocked_at")),
        Instant.ofEpochMilli(row.getLong("denied_until")),
        row.getString("reason"),
        row.getLong("restorable_until") > now.toEpochMilli() ? row.getString("request_id") : null);
  }
}
