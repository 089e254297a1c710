package dev.nexo.pairing.codec;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 4648, section 5), of which every text has one spelling only: the
 * bits at its end that stand for nothing are 0: what has two spellings could be used twice.
 * Thread-safe.
 */
public final class Base64Url {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {}

  /** The bytes as text. */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /**
   * The text's bytes.
   *
   * @throws MalformedValueException where it has a foreign character, padding, a length that no
   *     bytes have, or another spelling
   */
  static byte[] decode(String text) throws MalformedValueException {
    byte[] bytes;
    try {
      bytes = DECODER.decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedValueException("not base64url");
    }
    // Java's decoder takes padding, and any bits at the end.
    if (!encode(bytes).equals(text)) {
      throw new MalformedValueException("base64url in another spelling than its own");
    }
    return bytes;
  }

  /**
   * The bytes of a text that has to stand for so many of them; another length is not decoded at
   * all.
   *
   * @param text may be null
   * @param length how many bytes
   * @return empty where it is null, or not their one spelling
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
