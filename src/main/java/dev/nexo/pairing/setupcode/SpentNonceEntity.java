package dev.nexo.pairing.setupcode;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code pairing_spent_nonce}, which {@link SpentNonces} writes. */
@Entity
@Table(name = "pairing_spent_nonce")
class SpentNonceEntity {

  @Id
  @Column(name = "nonce_sha256")
  String nonceSha256;

  /** When the row may be deleted, in milliseconds since 1970. */
  @Column(name = "kept_until")
  long keptUntil;

  /** The session that was opened; null if the setup code was cancelled. */
  @Column(name = "session_id")
  String sessionId;
}
