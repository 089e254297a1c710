package dev.nexo.pairing.codec;

import dev.nexo.pairing.InvalidValueException;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret key that signs bootstrap tokens, 32 bytes ({@code protocol.md#tokens}). Prints as
 * {@code [redacted]}. Thread-safe.
 */
public final class SigningKey {

  /** The length of a key, in bytes. */
  public static final int LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";

  /** Only cloned: a Mac is not thread-safe, and cloning is faster than initializing another. */
  private final Mac keyed;

  private final String fingerprint;

  /**
   * Creates a key; the bytes are copied.
   *
   * @throws InvalidValueException if there are not {@value #LENGTH} bytes
   */
  public SigningKey(byte[] bytes) {
    if (bytes == null || bytes.length != LENGTH) {
      throw new InvalidValueException("signing_key", "must be " + LENGTH + " bytes");
    }
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(bytes, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA256", e);
    }
    fingerprint = Sha256.hex(bytes);
  }

  /**
   * Returns the SHA-256 of the key, 64 hexadecimal digits, which identifies but does not reveal it.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** Returns the HMAC-SHA256 (RFC 2104) of a message, 32 bytes. */
  public byte[] mac(byte[] message) {
    try {
      return ((Mac) keyed.clone()).doFinal(message);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own HMAC-SHA256 can be copied", e);
    }
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
