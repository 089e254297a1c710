package dev.nexo.pairing.codec;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.companion.TokenRejection;
import dev.nexo.pairing.companion.VerifiedClaims;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Signs, verifies and reads bootstrap tokens (contract, section 6). The only place where {@link
 * VerifiedClaims} are made. Thread-safe.
 */
public final class BootstrapTokens {

  private BootstrapTokens() {}

  /**
   * Signs a token. What its texts may be beyond this, {@link
   * dev.nexo.pairing.companion.SetupCodeIssuer} says.
   *
   * @param key what to sign with
   * @param profile what the companion may become
   * @param expiresAt from when on the token is refused, in the years 0 to 9999
   * @param nonce what makes the token one of a kind, 1 to 128 characters
   * @param deviceLabel what the operator calls the device, or null
   * @throws InvalidValueException where one of these is not as said or no Unicode text, or the
   *     token would be longer than {@value BootstrapToken#MAX_LENGTH} characters
   */
  public static BootstrapToken sign(
      SigningKey key, String profile, Instant expiresAt, String nonce, String deviceLabel) {
    byte[] claims = Claims.write(profile, expiresAt, nonce, deviceLabel);
    String token = Base64Url.encode(claims) + '.' + Base64Url.encode(key.mac(claims));
    if (token.length() > BootstrapToken.MAX_LENGTH) {
      throw new InvalidValueException(
          "bootstrap_token", "must be at most " + BootstrapToken.MAX_LENGTH + " characters");
    }
    return new BootstrapToken(token);
  }

  /**
   * Checks a token: its form, its signature, its claims, its expiry, in this order. Never throws
   * for what a stranger can send.
   *
   * @param keys any of which may have signed it; none: no signature is right
   * @param now when it is checked; a token is expired from the instant it names
   */
  public static TokenCheck verify(BootstrapToken token, List<SigningKey> keys, Instant now) {
    TokenParts parts;
    try {
      parts = TokenParts.of(token);
    } catch (MalformedValueException e) {
      isSigned(presented(token), keys);
      return new TokenCheck.Refused(TokenRejection.MALFORMED);
    }
    if (!isSigned(parts, keys)) {
      return new TokenCheck.Refused(TokenRejection.INVALID_SIGNATURE);
    }
    try {
      return check(Claims.read(parts.claims()), now);
    } catch (MalformedValueException e) {
      return new TokenCheck.Refused(TokenRejection.MALFORMED);
    }
  }

  /**
   * Until when a token says it can be redeemed. For companions, who have no key: nothing is
   * verified.
   *
   * @throws InvalidValueException where it is malformed
   */
  public static Instant expiresAt(BootstrapToken token) {
    return unverified(token).expiresAt();
  }

  /**
   * What a token says the operator calls the device. For companions, who have no key: nothing is
   * verified.
   *
   * @throws InvalidValueException where it is malformed
   */
  public static Optional<String> deviceLabel(BootstrapToken token) {
    return Optional.ofNullable(unverified(token).deviceLabel());
  }

  /**
   * Every key is tried, whichever fits, and every token costs one HMAC a key, malformed or not: how
   * long a refusal takes hardly tells which fault it was, and not which key came close.
   */
  private static boolean isSigned(TokenParts parts, List<SigningKey> keys) {
    boolean signed = false;
    for (SigningKey key : keys) {
      signed |= MessageDigest.isEqual(key.mac(parts.claims()), parts.signature());
    }
    return signed;
  }

  /** Something to sign for what cannot be taken apart: as much of it as a token can have. */
  private static TokenParts presented(BootstrapToken token) {
    String text = token.value();
    String start = text.substring(0, Math.min(text.length(), BootstrapToken.MAX_LENGTH));
    return new TokenParts(start.getBytes(StandardCharsets.UTF_8), new byte[0]);
  }

  private static TokenCheck check(Claims claims, Instant now) {
    VerifiedClaims verified =
        new VerifiedClaims(
            claims.profile(), claims.expiresAt(), claims.nonce(), claims.deviceLabel());
    return now.isBefore(verified.expiresAt())
        ? new TokenCheck.Valid(verified)
        : new TokenCheck.Refused(TokenRejection.EXPIRED, verified);
  }

  private static Claims unverified(BootstrapToken token) {
    try {
      return Claims.read(TokenParts.of(token).claims());
    } catch (MalformedValueException e) {
      throw new InvalidValueException(
          "bootstrap_token", "must be a bootstrap token as it was issued: " + e.getMessage());
    }
  }
}
