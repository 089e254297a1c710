package dev.nexo.pairing.store;

import dev.nexo.pairing.SenderKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Something to be told to a sender. All times are milliseconds since 1970. */
@Entity
@Table(name = "pairing_outbox")
class OutboxRow {

  /** Tells a stranger their code. */
  static final String CHALLENGE = "challenge";

  /** Tells a sender that they are in. */
  static final String APPROVED = "approved";

  /** The envelope's id. */
  @Id String id;

  @Column(name = "request_id")
  String requestId;

  String kind;
  String channel;

  @Column(name = "account_id")
  String accountId;

  @Column(name = "sender_id")
  String senderId;

  @Column(name = "created_at")
  long createdAt;

  int attempts;

  @Column(name = "due_at")
  long dueAt;

  /** Until when one node has it to itself. */
  @Column(name = "leased_until")
  long leasedUntil;

  @Column(name = "sent_at")
  Long sentAt;

  static OutboxRow of(String id, String kind, String requestId, SenderKey recipient, Instant now) {
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
}
