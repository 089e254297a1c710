package dev.nexo.pairing.companion;

/**
 * A unique value that a companion signs to prove that it holds its device key ({@code
 * protocol.md#sessions}).
 *
 * @param value 32 bytes in base64url without padding
 */
public record DeviceChallenge(String value) {

  /** How long a challenge is valid, in seconds. */
  public static final int LIFETIME_SECONDS = 30;
}
