package dev.nexo.pairing.store;

import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.SenderKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * A row of allow-from, in the table that Nexo defines. Rows are never deleted: revoking sets a
 * time.
 */
@Entity
@Table(name = "pairing_allow_from")
@IdClass(SenderKey.class)
class AllowEntity {

  @Id String channel;

  @Id String accountId;

  @Id String senderId;

  /** When the sender was admitted, in seconds since 1970, as all times of this table. */
  @Column(updatable = false)
  long approvedAt;

  @Column(updatable = false)
  String approvedVia;

  /** Not updatable, like the two above: a statement that writes them is an admission. */
  @Column(updatable = false)
  Long revokedAt;

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
