package dev.nexo.pairing.companion;

import dev.nexo.pairing.InvalidValueException;

/**
 * The token with which a companion authenticates after pairing: 32 random bytes in base64url
 * without padding. Any string is accepted here; {@link PairingSessionStore} checks it. Prints as
 * {@code [redacted]}.
 *
 * @param value the token as it was received, not null
 */
public record SessionToken(String value) {

  public SessionToken {
    if (value == null) {
      throw new InvalidValueException("session_token", "is required");
    }
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
