package dev.nexo.pairing.store;

import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.SenderKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A line of the audit trail; the database itself refuses to change or delete one. */
@Entity
@Table(name = "pairing_audit")
class AuditEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  /** Milliseconds since 1970. */
  long at;

  String actor;
  String surface;
  String action;
  String channel;

  @Column(name = "account_id")
  String accountId;

  @Column(name = "sender_id")
  String senderId;

  String detail;
  String subject;

  AuditEntry toEntry() {
    SenderKey sender = channel == null ? null : new SenderKey(channel, accountId, senderId);
    return new AuditEntry(
        id, Instant.ofEpochMilli(at), actor, surface, action, sender, detail, subject);
  }
}
