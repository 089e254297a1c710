package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** What becomes of a pending request: it is moved to allow-from, or turned down. */
@Component
class PendingDecisions {

  private static final String ADMIT =
      "INSERT INTO pairing_allow_from"
          + " (channel, account_id, sender_id, approved_at, approved_via, expires_at, note)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (channel, account_id, sender_id)"
          + " DO UPDATE SET approved_at = excluded.approved_at,"
          + " approved_via = excluded.approved_via, revoked_at = NULL,"
          + " expires_at = excluded.expires_at, note = excluded.note";

  private final Database database;
  private final PairingEvents notices;
  private final IdSource ids;

  @Inject
  PendingDecisions(Database database, PairingEvents notices, IdSource ids) {
    this.database = database;
    this.notices = notices;
    this.ids = ids;
  }

  /** What to do with a request that is live, in the transaction that found it. */
  @FunctionalInterface
  interface Step {
    void take(Transaction tx, PendingEntity row) throws SQLException;
  }

  /** Finds the request and takes the step, in one transaction. */
  PendingOutcome decide(String codeOrRequestId, Instant now, Step step) {
    record Decided(PendingOutcome outcome, int expired) {}
    Decided decided =
        database.write(
            tx -> {
              Optional<PendingEntity> found = PendingStatements.find(tx.session(), codeOrRequestId);
              if (found.isPresent() && found.get().liveAt(now)) {
                step.take(tx, found.get());
                return new Decided(new PendingOutcome.Done(found.get().key(), seconds(now)), 0);
              }
              int expired = PendingStatements.expire(tx, found.stream().toList(), now);
              Optional<SenderKey> sender =
                  PendingStatements.findExpired(tx.session(), codeOrRequestId, now);
              PendingOutcome outcome =
                  sender.isPresent()
                      ? new PendingOutcome.Expired(sender.get())
                      : new PendingOutcome.Unknown();
              return new Decided(outcome, expired);
            });
    notices.expired(decided.expired());
    return decided.outcome();
  }

  void approve(
      Transaction tx,
      PendingEntity request,
      AllowTerms terms,
      boolean notify,
      Actor by,
      Instant now)
      throws SQLException {
    PendingStatements.delete(tx, request);
    tx.run(
        ADMIT,
        request.channel,
        request.accountId,
        request.senderId,
        now.getEpochSecond(),
        by.surface().wireName(),
        terms.expiresAt() == null ? null : terms.expiresAt().getEpochSecond(),
        terms.note());
    // Whoever is let in by name is neither denied nor blocked any longer. Nexo, which knows nothing
    // of either, may have given a blocked sender a code.
    tx.run(
        "DELETE FROM pairing_blocked WHERE channel = ? AND account_id = ? AND sender_id = ?",
        request.channel,
        request.accountId,
        request.senderId);
    if (notify) {
      tx.session()
          .insert(
              OutboxEntity.of(
                  ids.nextUuid(), OutboxEntity.APPROVED, request.requestId, request.key(), now));
    }
    AuditTrail.append(
        tx, now, by, AuditAction.APPROVED, request.key(), terms.note(), request.requestId);
  }

  void deny(
      Transaction tx, PendingEntity request, boolean block, String reason, Actor by, Instant now)
      throws SQLException {
    PendingStatements.delete(tx, request);
    BlockedEntity row = new BlockedEntity();
    row.channel = request.channel;
    row.accountId = request.accountId;
    row.senderId = request.senderId;
    row.blockedAt = now.toEpochMilli();
    row.deniedUntil = block ? null : now.plus(PendingEntity.LIFETIME).toEpochMilli();
    row.reason = reason;
    tx.session().upsert(row);
    if (block) {
      // One that has run out, or that Nexo has put there beside the request, must not come back.
      AllowFromStatements.revoke(tx, request.key(), by, now);
    }
    AuditAction action = block ? AuditAction.BLOCKED : AuditAction.DENIED;
    AuditTrail.append(tx, now, by, action, request.key(), reason, request.requestId);
  }

  private static Instant seconds(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond());
  }
}
