package dev.nexo.pairing.session;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 4648, section 5), in its one canonical form: Java's decoder takes
 * padding and stray last bits as well, and what has two spellings could be used twice.
 */
final class Base64Url {

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes of a text, or empty where it is not the canonical form of so many, or null. */
  static Optional<byte[]> decode(String text, int length) {
    if (text == null || text.length() != (length * 8 + 5) / 6) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return Optional.of(bytes).filter(b -> b.length == length && encode(b).equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
