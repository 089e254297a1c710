package dev.nexo.pairing.keys;

import dev.nexo.pairing.companion.SigningKeyException;

/**
 * Computes and checks message authentication codes (HMAC-SHA256) with the keys that sign setup
 * codes, which all servers of a database share. A message must not begin with an opening brace,
 * because the claims of bootstrap tokens do. Thread-safe.
 */
public interface KeyedMac {

  /**
   * Returns the MAC of a message under the active key, 32 bytes.
   *
   * @throws SigningKeyException if there is no active key
   */
  byte[] mac(byte[] message);

  /**
   * Returns whether a MAC of this message was made with a valid key; takes constant time.
   *
   * @param mac the MAC or its beginning, 16 to 32 bytes
   */
  boolean matches(byte[] message, byte[] mac);
}
