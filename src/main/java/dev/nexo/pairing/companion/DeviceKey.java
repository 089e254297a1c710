package dev.nexo.pairing.companion;

import dev.nexo.pairing.InvalidValueException;
import java.util.Base64;

/**
 * The public Ed25519 key (RFC 8032) of a companion, to which its session is bound.
 *
 * @param value 32 bytes in canonical base64url without padding
 */
public record DeviceKey(String value) {

  private static final int BYTES = 32;

  /**
   * Creates a key.
   *
   * @throws InvalidValueException if the value is not 32 bytes in canonical base64url
   */
  public DeviceKey {
    if (!isCanonical(value)) {
      throw new InvalidValueException(
          "device_key", "must be the 32 bytes of an Ed25519 public key, base64url without padding");
    }
  }

  /**
   * Reads the key from the members of a JSON Web Key (RFC 8037, section 2).
   *
   * @throws InvalidValueException if they are not those of an Ed25519 public key
   */
  public static DeviceKey ofJwk(String kty, String crv, String x) {
    if (!"OKP".equals(kty) || !"Ed25519".equals(crv)) {
      throw new InvalidValueException(
          "device_key", "must be a JWK with kty \"OKP\" and crv \"Ed25519\"");
    }
    return new DeviceKey(x);
  }

  /** Returns the 32 bytes. */
  public byte[] bytes() {
    return Base64.getUrlDecoder().decode(value);
  }

  private static boolean isCanonical(String value) {
    if (value == null || value.length() != (BYTES * 8 + 5) / 6) {
      return false;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(value);
      return bytes.length == BYTES
          && Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(value);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
