package dev.nexo.pairing.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SessionToken;
import java.util.HexFormat;

/** A token as somebody presented it, by its SHA-256. Immutable. */
final class TokenHash {

  private final byte[] sha256;

  private TokenHash(String text) {
    // Whatever is longer is malformed, and not worth hashing whole.
    int length = Math.min(text.length(), BootstrapToken.MAX_LENGTH);
    sha256 = Sha256.of(text.substring(0, length).getBytes(UTF_8));
  }

  static TokenHash of(BootstrapToken token) {
    return new TokenHash(token.value());
  }

  static TokenHash of(SessionToken token) {
    return new TokenHash(token.value());
  }

  /** The 32 bytes. */
  byte[] sha256() {
    return sha256.clone();
  }

  /** The same as 64 hexadecimal digits, as session tokens are kept. */
  String hex() {
    return HexFormat.of().formatHex(sha256);
  }
}
