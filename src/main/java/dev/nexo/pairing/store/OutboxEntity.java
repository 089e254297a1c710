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
public class OutboxEntity {

  /** Tells a stranger their code. */
  public static final String CHALLENGE = "challenge";

  /** Tells a sender that they are in. */
  static final String APPROVED = "approved";

  /** The envelope's id. */
  @Id public String id;

  @Column(name = "request_id")
  public String requestId;

  public String kind;
  public String channel;

  @Column(name = "account_id")
  public String accountId;

  @Column(name = "sender_id")
  public String senderId;

  @Column(name = "created_at")
  public long createdAt;

  public int attempts;

  @Column(name = "due_at")
  long dueAt;

  /** Until when one node has it to itself. */
  @Column(name = "leased_until")
  public long leasedUntil;

  @Column(name = "sent_at")
  Long sentAt;

  static OutboxEntity of(
      String id, String kind, String requestId, SenderKey recipient, Instant now) {
    OutboxEntity row = new OutboxEntity();
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
