package dev.nexo.pairing.companion;

import dev.nexo.pairing.InvalidValueException;

/**
 * The short-lived signed token in a setup code, which can be redeemed once ({@code
 * protocol.md#tokens}). Any string is accepted here; {@link SetupCodeIssuer#verify} checks it.
 * Prints as {@code [redacted]}.
 *
 * @param value the token as it was received, not null
 */
public record BootstrapToken(String value) {

  /** The maximum length of a token in characters; a longer one is malformed. */
  public static final int MAX_LENGTH = 4_096;

  public BootstrapToken {
    if (value == null) {
      throw new InvalidValueException("bootstrap_token", "is required");
    }
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
