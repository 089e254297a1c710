package dev.nexo.pairing;

import java.util.Locale;
import java.util.Optional;

/**
 * The short code a stranger is given and the operator types back: {@value #LENGTH} characters of
 * {@value #ALPHABET} ({@code protocol.md#codes}).
 *
 * <p>Prints as {@code [redacted]}, so that it cannot reach a log by accident.
 *
 * @param value the code in its canonical form, upper case, without separators
 */
public record PairingCode(String value) {

  /** Letters and digits that cannot be mistaken for one another: no 0, O, 1 or I. */
  public static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  /** How many characters a code has. */
  public static final int LENGTH = 8;

  /** A code typed with separators may be this long; anything longer is no code. */
  private static final int MAX_TYPED = 64;

  /**
   * Checks the canonical form.
   *
   * @throws InvalidValueException where the text is not a code; the message does not repeat it
   */
  public PairingCode {
    if (value == null
        || value.length() != LENGTH
        || !value.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
      throw new InvalidValueException(
          "code", "must be " + LENGTH + " characters of " + ALPHABET + ", in any case");
    }
  }

  /** Reads a code as a person types it: any case, spaces and dashes folded away. */
  public static Optional<PairingCode> parse(String typed) {
    if (typed == null || typed.length() > MAX_TYPED) {
      return Optional.empty();
    }
    String folded = typed.replaceAll("[\\s\\p{Pd}]", "").toUpperCase(Locale.ROOT);
    boolean wellFormed =
        folded.length() == LENGTH && folded.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    return wellFormed ? Optional.of(new PairingCode(folded)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
