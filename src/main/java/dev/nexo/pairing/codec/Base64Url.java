package dev.nexo.pairing.codec;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 4648, section 5) in canonical form: unused bits at the end must be
 * 0, because a token with two encodings could be redeemed twice. Thread-safe.
 */
public final class Base64Url {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {}

  /** Encodes bytes. */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /**
   * Decodes a string.
   *
   * @throws MalformedValueException if the string is not canonical base64url without padding
   */
  static byte[] decode(String text) throws MalformedValueException {
    byte[] bytes;
    try {
      bytes = DECODER.decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedValueException("not base64url");
    }
    // Java's decoder accepts padding, and any unused bits.
    if (!encode(bytes).equals(text)) {
      throw new MalformedValueException("not canonical base64url");
    }
    return bytes;
  }

  /**
   * Decodes a string with a known number of bytes.
   *
   * @param text the string, or null
   * @param length the number of bytes; a string of another length is not decoded
   * @return empty if the string is null, has another length or is not canonical
   */
  public static Optional<byte[]> decode(String text, int length) {
    if (text == null || text.length() != (length * 8 + 5) / 6) {
      return Optional.empty();
    }
    try {
      return Optional.of(decode(text));
    } catch (MalformedValueException e) {
      return Optional.empty();
    }
  }
}
