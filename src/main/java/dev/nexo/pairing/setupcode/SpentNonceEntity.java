package dev.nexo.pairing.setupcode;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What {@link SpentNonces} keeps, for reading. */
@Entity
@Table(name = "pairing_spent_nonce")
class SpentNonceEntity {

  @Id
  @Column(name = "nonce_sha256")
  String nonceSha256;

  /** Milliseconds since 1970. */
  @Column(name = "kept_until")
  long keptUntil;

  /** Null where it was cancelled. */
  @Column(name = "session_id")
  String sessionId;
}
