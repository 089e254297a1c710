package dev.nexo.pairing.store;

import dev.nexo.pairing.SenderKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;

/** A request that ran out, kept for a day so that its code can be told from an unknown one. */
@Entity
@Table(name = "pairing_expired")
class ExpiredEntity {

  /** How long an expired code is remembered. */
  static final Duration REMEMBERED = Duration.ofHours(24);

  @Id
  @Column(name = "request_id")
  String requestId;

  String code;
  String channel;

  @Column(name = "account_id")
  String accountId;

  @Column(name = "sender_id")
  String senderId;

  /** Seconds since 1970. */
  @Column(name = "expired_at")
  long expiredAt;

  static ExpiredEntity of(PendingEntity pending) {
    ExpiredEntity row = new ExpiredEntity();
    row.requestId = pending.requestId;
    row.code = pending.code;
    row.channel = pending.channel;
    row.accountId = pending.accountId;
    row.senderId = pending.senderId;
    row.expiredAt = pending.createdAt + PendingEntity.LIFETIME.toSeconds();
    return row;
  }

  SenderKey key() {
    return new SenderKey(channel, accountId, senderId);
  }
}
