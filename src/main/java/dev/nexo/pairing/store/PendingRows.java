package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.SenderKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** The questions several changes ask of the pending table, within their transaction. */
final class PendingRows {

  private PendingRows() {}

  static Optional<PendingRow> find(StatelessSession session, SenderKey sender) {
    return Optional.ofNullable((PendingRow) session.get(PendingRow.class, sender));
  }

  /** The request of a code as typed, or of a request id. */
  static Optional<PendingRow> find(StatelessSession session, String codeOrRequestId) {
    Optional<PairingCode> code = PairingCode.parse(codeOrRequestId);
    return session
        .createSelectionQuery(
            code.isPresent()
                ? "from PendingRow where code = :ref"
                : "from PendingRow where requestId = :ref",
            PendingRow.class)
        .setParameter("ref", code.map(PairingCode::value).orElse(codeOrRequestId))
        .uniqueResultOptional();
  }

  /** The sender whose code ran out within the last 24 hours. */
  static Optional<SenderKey> findExpired(
      StatelessSession session, String codeOrRequestId, Instant now) {
    Optional<PairingCode> code = PairingCode.parse(codeOrRequestId);
    return session
        .createSelectionQuery(
            "from ExpiredRow where "
                + (code.isPresent() ? "code" : "requestId")
                + " = :ref and expiredAt > :oldest order by expiredAt desc",
            ExpiredRow.class)
        .setParameter("ref", code.map(PairingCode::value).orElse(codeOrRequestId))
        .setParameter("oldest", now.minus(ExpiredRow.REMEMBERED).getEpochSecond())
        .setMaxResults(1)
        .uniqueResultOptional()
        .map(ExpiredRow::key);
  }

  static long countLive(StatelessSession session, ChannelAccount account, Instant now) {
    return session
        .createSelectionQuery(
            "select count(*) from PendingRow where channel = :channel and accountId = :account"
                + " and createdAt > :expired",
            Long.class)
        .setParameter("channel", account.channel())
        .setParameter("account", account.accountId())
        .setParameter("expired", PendingRow.newestExpired(now))
        .getSingleResult();
  }

  /**
   * Takes requests that ran out off the table, so that each is counted once, by whoever did it.
   *
   * @return how many
   */
  static int expire(StatelessSession session, List<PendingRow> rows, Instant now) {
    for (PendingRow row : rows) {
      session.upsert(ExpiredRow.of(row));
      delete(session, row);
      AuditTrail.append(session, now, Actor.GATE, "expired", row.key(), null);
    }
    return rows.size();
  }

  static List<PendingRow> expiredOf(StatelessSession session, ChannelAccount account, Instant now) {
    return session
        .createSelectionQuery(
            "from PendingRow where channel = :channel and accountId = :account"
                + " and createdAt <= :expired",
            PendingRow.class)
        .setParameter("channel", account.channel())
        .setParameter("account", account.accountId())
        .setParameter("expired", PendingRow.newestExpired(now))
        .getResultList();
  }

  /** Deletes a request, and what was still to be told about it. */
  static void delete(StatelessSession session, PendingRow row) {
    session.delete(row);
    session
        .createMutationQuery("delete from OutboxRow where requestId = :id and sentAt is null")
        .setParameter("id", row.requestId)
        .executeUpdate();
  }
}
