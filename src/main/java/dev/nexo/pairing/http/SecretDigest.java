package dev.nexo.pairing.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a secret, which is all that stays in memory. Digests are compared and not
 * passwords, because {@link MessageDigest#isEqual} then takes the same time whatever their lengths.
 * No slow hash: a password made here has 130 bits, and login is on the hot path.
 */
final class SecretDigest {

  private final byte[] digest;

  private SecretDigest(byte[] digest) {
    this.digest = digest;
  }

  /** The digest of a secret, UTF-8. */
  static SecretDigest of(String secret) {
    try {
      return new SecretDigest(
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Whether this is the digest of that secret; takes the same time either way. */
  boolean matches(String secret) {
    return MessageDigest.isEqual(digest, of(secret).digest);
  }
}
