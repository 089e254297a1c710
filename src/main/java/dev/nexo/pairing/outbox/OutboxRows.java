package dev.nexo.pairing.outbox;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Transaction;
import java.sql.SQLException;
import java.time.Instant;

/** Adds messages with a payload of their own to the outbox, in the transaction of a change. */
public final class OutboxRows {

  private static final String ADD =
      "INSERT INTO pairing_outbox (id, request_id, kind, channel, account_id, sender_id, created_at,"
          + " due_at, target, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (request_id, kind, target) DO NOTHING";

  private OutboxRows() {}

  /**
   * Adds a message, due now, unless the request has one of this kind for this target.
   *
   * @param id the id of the message, a UUID
   * @param requestId the request; if the request is decided or expires before the message is sent,
   *     the message is deleted
   * @param kind the kind of a {@link Courier}
   * @param recipient if this sender is blocked before the message is sent, the message is deleted
   * @param target distinguishes the receivers of one kind
   * @param payload what is sent
   * @throws SQLException if the database rejects the change
   */
  public static void add(
      Transaction tx,
      String id,
      String requestId,
      String kind,
      SenderKey recipient,
      String target,
      String payload,
      Instant now)
      throws SQLException {
    long millis = now.toEpochMilli();
    tx.run(ADD, id, requestId, kind, recipient, millis, millis, target, payload);
  }
}
