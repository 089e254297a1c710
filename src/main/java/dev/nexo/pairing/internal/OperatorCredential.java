package dev.nexo.pairing.internal;

import java.util.Optional;

/** Identifies the operator's current password, without revealing it. Thread-safe. */
public interface OperatorCredential {

  /**
   * Returns the SHA-256 of the current password, 64 hexadecimal digits; empty if the accounts are
   * the server's.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException if the database does not respond
   */
  Optional<String> latestDigest();
}
