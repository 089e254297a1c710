package dev.nexo.pairing.codec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 (FIPS 180-4), the form in which secrets are stored. A slow password hash is not needed:
 * tokens and generated passwords are random, at least 128 bits, and are checked on every request.
 */
public final class Sha256 {

  private Sha256() {}

  /** Returns the digest of bytes, 32 bytes. */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Returns the digest of bytes as 64 hexadecimal digits. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(of(bytes));
  }

  /** Returns the digest of a string in UTF-8 as 64 hexadecimal digits. */
  public static String hex(String text) {
    return hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns whether a string has this digest. Digests are compared, because that takes the same
   * time for strings of any length.
   *
   * @param hex the digest as 64 hexadecimal digits
   */
  public static boolean matches(String text, String hex) {
    return MessageDigest.isEqual(
        of(text.getBytes(StandardCharsets.UTF_8)), HexFormat.of().parseHex(hex));
  }
}
