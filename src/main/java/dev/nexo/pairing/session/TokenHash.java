package dev.nexo.pairing.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SessionToken;
import java.util.HexFormat;

/** The SHA-256 of a token that a caller presented. Immutable. */
final class TokenHash {

  private final byte[] sha256;

  private TokenHash(String token) {
    // A longer token is malformed anyway, and hashing all of it would take time.
    int length = Math.min(token.length(), BootstrapToken.MAX_LENGTH);
    sha256 = Sha256.of(token.substring(0, length).getBytes(UTF_8));
  }

  static TokenHash of(BootstrapToken token) {
    return new TokenHash(token.value());
  }

  static TokenHash of(SessionToken token) {
    return new TokenHash(token.value());
  }

  /** Returns the hash, 32 bytes. */
  byte[] sha256() {
    return sha256.clone();
  }

  /** Returns the hash as 64 hexadecimal digits, as the database stores it. */
  String hex() {
    return HexFormat.of().formatHex(sha256);
  }
}
