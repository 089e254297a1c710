package dev.nexo.pairing.keys;

import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.database.EntityClasses;
import dev.nexo.pairing.platform.Component;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/**
 * A row of {@code pairing_signing_key}: a key that the servers of this database sign with, or did.
 * The key itself is not stored. Times are in milliseconds since 1970.
 */
@Entity
@Table(name = "pairing_signing_key")
public class SigningKeyEntity {

  /** The SHA-256 of the key, 64 hexadecimal digits. */
  @Id public String fingerprint;

  @Column(name = "made_at")
  long madeAt;

  /** The host and the path where the key was first found. */
  String origin;

  /** When the key was replaced, or null if it is active. */
  @Column(name = "retired_at")
  Long retiredAt;

  /** Until when the key verifies, or null: as long as a server is configured to know it. */
  @Column(name = "valid_until")
  Long validUntil;

  /** When the last setup code that the key may have signed expires. */
  @Column(name = "issued_until")
  long issuedUntil;

  public boolean isActive() {
    return retiredAt == null;
  }

  /**
   * Returns until when a retired key verifies if no server is configured to know it for longer. A
   * key that was replaced by hand verifies for at least {@link SetupCodeIssuer#MAX_TTL}, because
   * programs other than these servers may have signed with it.
   */
  Instant end() {
    long end =
        validUntil == null
            ? Math.max(retiredAt + SetupCodeIssuer.MAX_TTL.toMillis(), issuedUntil)
            : validUntil;
    return Instant.ofEpochMilli(end);
  }

  /** Registers the entity with the database. */
  @Component
  static class Registration implements EntityClasses {

    @Override
    public List<Class<?>> classes() {
      return List.of(SigningKeyEntity.class);
    }
  }
}
