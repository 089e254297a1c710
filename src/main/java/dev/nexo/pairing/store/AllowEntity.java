package dev.nexo.pairing.store;

import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.SenderKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of allow-from, in Nexo's own table. Revoking marks it; it is never deleted. */
@Entity
@Table(name = "pairing_allow_from")
@IdClass(SenderKey.class)
class AllowEntity {

  @Id String channel;

  @Id
  @Column(name = "account_id")
  String accountId;

  @Id
  @Column(name = "sender_id")
  String senderId;

  /** Seconds since 1970, as all times of this table. */
  @Column(name = "approved_at")
  long approvedAt;

  @Column(name = "approved_via")
  String approvedVia;

  @Column(name = "revoked_at")
  Long revokedAt;

  @Column(name = "expires_at")
  Long expiresAt;

  String note;

  SenderKey key() {
    return new SenderKey(channel, accountId, senderId);
  }

  AllowedSender toAllowed() {
    return new AllowedSender(
        key(),
        Instant.ofEpochSecond(approvedAt),
        approvedVia,
        time(revokedAt),
        time(expiresAt),
        note);
  }

  static Instant time(Long seconds) {
    return seconds == null ? null : Instant.ofEpochSecond(seconds);
  }
}
