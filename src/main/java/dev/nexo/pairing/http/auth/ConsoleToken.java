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
 * The value of the console's cookie: 32 random bytes in base64url (RFC 4648, section 5), 43
 * characters. Immutable and thread-safe.
 *
 * <p>Wrong tokens are not counted as failed attempts: nobody can guess one of 100 among
 * 2<sup>256</sup>, browsers send expired ones by themselves, and a sibling domain could set one to
 * lock the operator out.
 */
final class ConsoleToken {

  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String value;

  private ConsoleToken(String value) {
    this.value = value;
  }

  /** Creates a random token. */
  static ConsoleToken next(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new ConsoleToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Returns the token in a cookie; empty if the value does not have the form of a token. */
  static Optional<ConsoleToken> parse(String cookie) {
    return FORM.matcher(cookie).matches()
        ? Optional.of(new ConsoleToken(cookie))
        : Optional.empty();
  }

  /** Returns the secret token, for the browser only. */
  String value() {
    return value;
  }

  /** Returns the token's SHA-256, which the database contains instead of the token. */
  String sha256() {
    return Sha256.hex(value);
  }

  /**
   * Returns the HMAC-SHA-256 of a string with this token as the key (RFC 2104), 64 hexadecimal
   * digits. Without the token, nobody can verify a guess of the string.
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

  /** Omits the token. */
  @Override
  public String toString() {
    return "[redacted]";
  }
}
