package dev.nexo.pairing.store;

import java.util.Optional;

/**
 * Encrypts and decrypts held messages. Thread-safe. A message is bound to its place: it can only be
 * decrypted with the string with which it was encrypted.
 */
public interface MessageSealer {

  /** Encrypts under one key. Uses no database. */
  @FunctionalInterface
  interface Seal {
    /** Encrypts bytes for a place. */
    Sealed seal(String place, byte[] clear);
  }

  /**
   * Encrypted bytes.
   *
   * @param key the fingerprint of the signing key from which the key is derived
   * @param bytes the nonce, the ciphertext and the authentication tag
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Sealed(String key, byte[] bytes) {}

  /**
   * Returns what encrypts under the active key, which is created if necessary; empty if this server
   * does not have it. Must not be called in a transaction.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException if the database does not answer
   */
  Optional<Seal> active();

  /**
   * Decrypts bytes; empty if this server does not have their key, or they were changed or moved.
   */
  Optional<byte[]> open(String place, Sealed sealed);
}
