package dev.nexo.pairing.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

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
}
