package dev.nexo.pairing.store;

import dev.nexo.pairing.SenderKey;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** The outbox within somebody else's transaction. */
final class OutboxRows {

  private OutboxRows() {}

  static OutboxRow entry(
      String id, String kind, String requestId, SenderKey recipient, Instant now) {
    OutboxRow row = new OutboxRow();
    row.id = id;
    row.requestId = requestId;
    row.kind = kind;
    row.channel = recipient.channel();
    row.accountId = recipient.accountId();
    row.senderId = recipient.senderId();
    row.createdAt = now.toEpochMilli();
    row.dueAt = row.createdAt;
    return row;
  }

  static Optional<OutboxRow> challengeOf(StatelessSession session, String requestId) {
    return session
        .createSelectionQuery(
            "from OutboxRow where requestId = :id and kind = 'challenge'", OutboxRow.class)
        .setParameter("id", requestId)
        .uniqueResultOptional();
  }
}
