package dev.nexo.pairing.keys;

import dev.nexo.pairing.companion.SetupCodeIssuer;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A key that the servers of this database sign with, or once did; never the key itself. */
@Entity
@Table(name = "pairing_signing_key")
public class SigningKeyEntity {

  /** Its SHA-256, 64 hexadecimal digits. */
  @Id public String fingerprint;

  /** Milliseconds since 1970. */
  @Column(name = "made_at")
  long madeAt;

  /** Host and path where it was first seen. */
  String origin;

  /** Milliseconds since 1970; null: in force. */
  @Column(name = "retired_at")
  Long retiredAt;

  /** Milliseconds since 1970; null: as long as a server is configured to know it. */
  @Column(name = "valid_until")
  Long validUntil;

  /** Milliseconds since 1970; no code that it signed can be used from then on. */
  @Column(name = "issued_until")
  long issuedUntil;

  public boolean inForce() {
    return retiredAt == null;
  }

  /**
   * Until when a retired key verifies what it has signed, where no server is configured to know it
   * for longer. One that was replaced by hand, for as long as {@link SetupCodeIssuer#MAX_TTL} and
   * what was promised: others than these servers may have signed with it.
   */
  Instant end() {
    long end =
        validUntil == null
            ? Math.max(retiredAt + SetupCodeIssuer.MAX_TTL.toMillis(), issuedUntil)
            : validUntil;
    return Instant.ofEpochMilli(end);
  }
}
