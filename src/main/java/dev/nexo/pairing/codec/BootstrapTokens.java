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
 * Signs, verifies and reads bootstrap tokens ({@code protocol.md#tokens}): the claims as JSON, a
 * dot, and their HMAC-SHA256, both in base64url. Only this class creates {@link VerifiedClaims}.
 * Thread-safe.
 */
public final class BootstrapTokens {

  private BootstrapTokens() {}

  /**
   * Signs a token. {@link dev.nexo.pairing.companion.SetupCodeIssuer} restricts the values further.
   *
   * @param profile what the companion may do
   * @param expiresAt when the token expires, in the years 0 to 9999
   * @param nonce the unique value of the token, 1 to 128 characters
   * @param deviceLabel the operator's name for the device, or null
   * @throws InvalidValueException if a value is out of range or has an unpaired surrogate, or the
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
   * Verifies a token: its form, its signature, its claims and its expiry, in this order. Throws
   * nothing for a malformed token.
   *
   * @param keys the valid keys, any of which may have signed the token
   * @param now the current time; a token is expired from its expiry on
   */
  public static TokenCheck verify(BootstrapToken token, List<SigningKey> keys, Instant now) {
    Parts parts;
    try {
      parts = parts(token);
    } catch (MalformedValueException e) {
      isSigned(unsigned(token), keys);
      return new TokenCheck.Refused(TokenRejection.MALFORMED);
    }
    if (!isSigned(parts, keys)) {
      return new TokenCheck.Refused(TokenRejection.INVALID_SIGNATURE);
    }
    try {
      Claims claims = Claims.read(parts.claims());
      VerifiedClaims verified =
          new VerifiedClaims(
              claims.profile(), claims.expiresAt(), claims.nonce(), claims.deviceLabel());
      return now.isBefore(verified.expiresAt())
          ? new TokenCheck.Valid(verified)
          : new TokenCheck.Refused(TokenRejection.EXPIRED, verified);
    } catch (MalformedValueException e) {
      return new TokenCheck.Refused(TokenRejection.MALFORMED);
    }
  }

  /**
   * Returns the expiry of a token without verifying it, for companions, which have no key.
   *
   * @throws InvalidValueException if the token is malformed
   */
  public static Instant expiresAt(BootstrapToken token) {
    return unverified(token).expiresAt();
  }

  /**
   * Returns the device label of a token without verifying it, for companions, which have no key.
   *
   * @throws InvalidValueException if the token is malformed
   */
  public static Optional<String> deviceLabel(BootstrapToken token) {
    return Optional.ofNullable(unverified(token).deviceLabel());
  }

  private static Claims unverified(BootstrapToken token) {
    try {
      return Claims.read(parts(token).claims());
    } catch (MalformedValueException e) {
      throw new InvalidValueException(
          "bootstrap_token", "must be a valid bootstrap token: " + e.getMessage());
    }
  }

  /** The decoded parts of a token. */
  @SuppressWarnings("ArrayRecordComponent")
  record Parts(byte[] claims, byte[] signature) {

    @Override
    public String toString() {
      return "[redacted]";
    }
  }

  /** Decodes the parts of a token. */
  static Parts parts(BootstrapToken token) throws MalformedValueException {
    String text = token.value();
    if (text.length() > BootstrapToken.MAX_LENGTH) {
      throw new MalformedValueException("too long");
    }
    // A second dot is not a character of base64url.
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new MalformedValueException("the signature is missing");
    }
    return new Parts(
        Base64Url.decode(text.substring(0, dot)), Base64Url.decode(text.substring(dot + 1)));
  }

  /** Returns parts of a malformed token, to compute as many MACs for it as for any other. */
  private static Parts unsigned(BootstrapToken token) {
    String text = token.value();
    String start = text.substring(0, Math.min(text.length(), BootstrapToken.MAX_LENGTH));
    return new Parts(start.getBytes(StandardCharsets.UTF_8), new byte[0]);
  }

  /** Tries every key, so that the response time reveals neither the fault nor the key. */
  private static boolean isSigned(Parts parts, List<SigningKey> keys) {
    boolean signed = false;
    for (SigningKey key : keys) {
      signed |= MessageDigest.isEqual(key.mac(parts.claims()), parts.signature());
    }
    return signed;
  }
}
