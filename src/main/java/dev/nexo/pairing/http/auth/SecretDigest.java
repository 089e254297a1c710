package dev.nexo.pairing.http.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

  /** As 64 hexadecimal digits. */
  String hex() {
    return HexFormat.of().formatHex(digest);
  }

  /** Whether both are of the same secret; takes the same time either way. */
  boolean matches(SecretDigest other) {
    return MessageDigest.isEqual(digest, other.digest);
  }

  /** The same for one that was kept as hexadecimal digits. */
  boolean matches(String hex) {
    return MessageDigest.isEqual(digest, HexFormat.of().parseHex(hex));
  }
}
