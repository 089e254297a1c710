package dev.nexo.pairing.companion;

import dev.nexo.pairing.InvalidValueException;

/**
 * The short-lived signed token inside a setup code, good for one exchange (contract, section 6).
 *
 * <p>Any text can be one: what is wrong with it, verifying tells. Prints as {@code [redacted]}.
 *
 * @param value the token as it came, not null
 */
public record BootstrapToken(String value) {

  /** The longest token that is looked at, in characters; longer ones are malformed. */
  public static final int MAX_LENGTH = 4_096;

  /** Refuses null. */
  public BootstrapToken {
    if (value == null) {
      throw new InvalidValueException("bootstrap_token", "is missing");
    }
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
