package dev.nexo.pairing.companion;

import dev.nexo.pairing.InvalidValueException;
import java.util.Base64;

/**
 * A companion's public Ed25519 key, to which its session is bound (RFC 8032; contract, section 8).
 *
 * @param value the 32 bytes, base64url without padding, in canonical form
 */
public record DeviceKey(String value) {

  private static final int BYTES = 32;

  /**
   * Checks the form.
   *
   * @throws InvalidValueException where it is not 32 bytes of canonical base64url
   */
  public DeviceKey {
    if (!isCanonical(value)) {
      throw new InvalidValueException(
          "device_key", "must be the 32 bytes of an Ed25519 public key, base64url without padding");
    }
  }

  /**
   * The key in a JSON Web Key (RFC 8037, section 2).
   *
   * @param kty the member of that name
   * @param crv the member of that name
   * @param x the member of that name
   * @throws InvalidValueException where it is no Ed25519 public key
   */
  public static DeviceKey ofJwk(String kty, String crv, String x) {
    if (!"OKP".equals(kty) || !"Ed25519".equals(crv)) {
      throw new InvalidValueException(
          "device_key", "must be a JWK with kty \"OKP\" and crv \"Ed25519\"");
    }
    return new DeviceKey(x);
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return Base64.getUrlDecoder().decode(value);
  }

  private static boolean isCanonical(String text) {
    if (text == null || text.length() != (BYTES * 8 + 5) / 6) {
      return false;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return bytes.length == BYTES
          && Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
