package dev.nexo.pairing.companion;

/**
 * What a companion signs to prove that it holds its device key (contract, section 8).
 *
 * @param value 32 bytes, base64url without padding, that no other challenge has
 */
public record DeviceChallenge(String value) {

  /** How long a challenge can be answered, in seconds. */
  public static final int LIFETIME_SECONDS = 30;
}
