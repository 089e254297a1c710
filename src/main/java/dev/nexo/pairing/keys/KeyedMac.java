package dev.nexo.pairing.keys;

import dev.nexo.pairing.companion.SigningKeyException;

/**
 * Seals with the keys that sign setup codes, which all servers of a database share. Thread-safe.
 * Messages must not begin with an opening brace: those are the claims of bootstrap tokens.
 */
public interface KeyedMac {

  /**
   * The HMAC-SHA256 of a message under the key in force.
   *
   * @throws SigningKeyException where there is none
   */
  byte[] mac(byte[] message);

  /**
   * Whether one of the keys that count made this MAC, or began with it; in constant time.
   *
   * @param message what was sealed
   * @param mac at least the first 16 bytes of the MAC
   */
  boolean matches(byte[] message, byte[] mac);
}
