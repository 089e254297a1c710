package dev.nexo.pairing.store;

import dev.nexo.pairing.BlockedSender;
import dev.nexo.pairing.SenderKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A sender that the operator turned down, for a while (denied) or until unblocked. */
@Entity
@Table(name = "pairing_blocked")
@IdClass(SenderKey.class)
class BlockedEntity {

  @Id String channel;

  @Id
  @Column(name = "account_id")
  String accountId;

  @Id
  @Column(name = "sender_id")
  String senderId;

  /** Milliseconds since 1970, as {@link #deniedUntil}. */
  @Column(name = "blocked_at")
  long blockedAt;

  /** Until when the sender is denied; null: blocked until unblocked. */
  @Column(name = "denied_until")
  Long deniedUntil;

  String reason;

  BlockedSender toBlocked() {
    return new BlockedSender(
        new SenderKey(channel, accountId, senderId), Instant.ofEpochMilli(blockedAt), reason);
  }
}
