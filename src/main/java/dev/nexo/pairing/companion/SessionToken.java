package dev.nexo.pairing.companion;

import dev.nexo.pairing.InvalidValueException;

/**
 * What a companion gets for its bootstrap token and proves itself with from then on: 32 random
 * bytes, base64url without padding.
 *
 * <p>Any text can be one; whether it is, {@link PairingSessionStore} knows. Prints as {@code
 * [redacted]}.
 *
 * @param value the token as it came, not null
 */
public record SessionToken(String value) {

  /** Refuses null. */
  public SessionToken {
    if (value == null) {
      throw new InvalidValueException("session_token", "is missing");
    }
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
