package dev.nexo.pairing.store;

import dev.nexo.pairing.internal.SharedSecrets.Shared;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The digest of a secret on which all servers of this database agree. */
@Entity
@Table(name = "pairing_secret")
class SecretEntity {

  @Id String name;

  String sha256;
  String node;
  String origin;

  /** Milliseconds since 1970. */
  @Column(name = "changed_at")
  long changedAt;

  Shared toShared() {
    return new Shared(sha256, node, origin);
  }
}
