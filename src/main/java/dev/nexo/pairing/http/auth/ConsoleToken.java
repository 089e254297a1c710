package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.codec.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the cookie holds: 32 random bytes in base64url (RFC 4648, section 5), 43 characters.
 * Guessing one of 100 among 2<sup>256</sup> is hopeless at any rate, which is why wrong ones are
 * not counted against their sender: a browser comes with a stale one by itself, and a neighbouring
 * site could plant one to lock the operator out.
 */
final class ConsoleToken {

  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String value;

  private ConsoleToken(String value) {
    this.value = value;
  }

  /** A new one. */
  static ConsoleToken next(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new ConsoleToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The one in a cookie; empty where that is no token of any time. */
  static Optional<ConsoleToken> parse(String cookie) {
    return FORM.matcher(cookie).matches()
        ? Optional.of(new ConsoleToken(cookie))
        : Optional.empty();
  }

  /** The token itself, for the browser alone. */
  String value() {
    return value;
  }

  /** Its SHA-256, which is what the database knows it by. */
  String sha256() {
    return Sha256.hex(value);
  }

  /**
   * HMAC-SHA-256 of a text under this token (RFC 2104), 64 hexadecimal digits. Without the token it
   * tells nothing of the text, not even to somebody who can guess it.
   */
  String mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA-256", e);
    }
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "[redacted]";
  }
}
