package dev.nexo.pairing.codec;

import dev.nexo.pairing.InvalidValueException;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that signs bootstrap tokens: 32 bytes (contract, section 6). Prints as {@code
 * [redacted]}. Thread-safe.
 */
public final class SigningKey {

  /** How many bytes a key has. */
  public static final int LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";

  /** Never used itself: a Mac is not thread-safe, and copying one is cheaper than keying one. */
  private final Mac keyed;

  private final String fingerprint;

  /**
   * Takes a key; the bytes are copied.
   *
   * @throws InvalidValueException where they are not {@value #LENGTH}
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

  /** What tells keys apart without giving them away: the SHA-256, 64 hexadecimal digits. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The HMAC-SHA256 of a message under this key (RFC 2104), 32 bytes. */
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
