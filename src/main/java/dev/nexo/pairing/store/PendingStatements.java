package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** The questions several changes ask of the pending table, within their transaction. */
public final class PendingStatements {

  private PendingStatements() {}

  public static Optional<PendingEntity> find(StatelessSession session, SenderKey sender) {
    return Optional.ofNullable((PendingEntity) session.get(PendingEntity.class, sender));
  }

  /** The request of a code as typed, or of a request id. */
  static Optional<PendingEntity> find(StatelessSession session, String codeOrRequestId) {
    Optional<PairingCode> code = PairingCode.parse(codeOrRequestId);
    return session
        .createSelectionQuery(
            code.isPresent()
                ? "from PendingEntity where code = :ref"
                : "from PendingEntity where requestId = :ref",
            PendingEntity.class)
        .setParameter("ref", code.map(PairingCode::value).orElse(codeOrRequestId))
        .uniqueResultOptional();
  }

  /** The request of this id, where it has not run out. */
  static Optional<PendingRequest> live(StatelessSession session, String requestId, Instant now) {
    return session
        .createSelectionQuery("from PendingEntity where requestId = :id", PendingEntity.class)
        .setParameter("id", requestId)
        .uniqueResultOptional()
        .filter(row -> row.liveAt(now))
        .map(PendingEntity::toRequest);
  }

  /** The sender whose code ran out within the last 24 hours. */
  static Optional<SenderKey> findExpired(
      StatelessSession session, String codeOrRequestId, Instant now) {
    Optional<PairingCode> code = PairingCode.parse(codeOrRequestId);
    return session
        .createSelectionQuery(
            "from ExpiredEntity where "
                + (code.isPresent() ? "code" : "requestId")
                + " = :ref and expiredAt > :oldest order by expiredAt desc",
            ExpiredEntity.class)
        .setParameter("ref", code.map(PairingCode::value).orElse(codeOrRequestId))
        .setParameter("oldest", now.minus(ExpiredEntity.REMEMBERED).getEpochSecond())
        .setMaxResults(1)
        .uniqueResultOptional()
        .map(ExpiredEntity::key);
  }

  /**
   * Takes requests that ran out off the table, so that each is counted once, by whoever did it.
   *
   * @return how many
   */
  static int expire(Transaction tx, List<PendingEntity> rows, Instant now) throws SQLException {
    for (PendingEntity row : rows) {
      tx.session().upsert(ExpiredEntity.of(row));
      delete(tx, row);
      AuditTrail.append(tx, now, Actor.GATE, AuditAction.EXPIRED, row.key(), null, row.requestId);
    }
    return rows.size();
  }

  /** Deletes a request, and what was still to be told about it. */
  static void delete(Transaction tx, PendingEntity row) throws SQLException {
    tx.run(
        "DELETE FROM pairing_pending WHERE channel = ? AND account_id = ? AND sender_id = ?",
        row.channel,
        row.accountId,
        row.senderId);
    tx.run("DELETE FROM pairing_outbox WHERE request_id = ? AND sent_at IS NULL", row.requestId);
  }
}
