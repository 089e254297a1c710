package dev.nexo.pairing;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code that an unknown sender receives and the operator approves: {@value #LENGTH} characters
 * of {@value #ALPHABET} ({@code protocol.md#codes}).
 *
 * <p>{@code toString} returns {@code [redacted]}, so that no log contains a code by accident.
 *
 * @param value the code in its canonical form, upper case, without separators
 */
public record PairingCode(String value) {

  /** The characters of a code: without 0, O, 1 and I, which are easily confused. */
  public static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  /** The number of characters of a code. */
  public static final int LENGTH = 8;

  /** The maximum length of a typed code, separators included. */
  private static final int MAX_TYPED = 64;

  /** The number of a request, at most 18 digits, as many as a long always holds. */
  private static final Pattern NUMBER = Pattern.compile("(#?)0*([1-9][0-9]{0,17})");

  /**
   * Creates a code from its canonical form.
   *
   * @throws InvalidValueException if the value is not a code; the message does not contain the
   *     value
   */
  public PairingCode {
    if (value == null
        || value.length() != LENGTH
        || !value.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
      throw new InvalidValueException(
          "code", "must be " + LENGTH + " characters of " + ALPHABET + ", upper or lower case");
    }
  }

  /**
   * Parses a code as typed or copied: in upper or lower case, with spaces, dashes of any kind and
   * invisible characters anywhere, quotes and other punctuation around it, and in the full-width
   * letters of an input method. Returns empty if it is malformed.
   */
  public static Optional<PairingCode> parse(String typed) {
    if (typed == null || typed.length() > MAX_TYPED) {
      return Optional.empty();
    }
    // Also turns the minus signs and letters of other widths into the usual ones.
    String normal = Normalizer.normalize(typed, Normalizer.Form.NFKC);
    String folded = CopiedText.code(CopiedText.withoutDashes(normal)).toUpperCase(Locale.ROOT);
    boolean wellFormed =
        folded.length() == LENGTH && folded.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    return wellFormed ? Optional.of(new PairingCode(folded)) : Optional.empty();
  }

  /**
   * Returns what names a pending request: {@code #12} if it is a number after {@code #}, or a
   * number that is not a code; the code in its canonical form if {@link #parse} reads one;
   * otherwise the request id that {@link CopiedText#id} reads. The path of a URL has the number
   * alone, because servers refuse an encoded {@code #} in it.
   *
   * @param typed a number, a code or a request id, as typed or copied
   */
  public static String reference(String typed) {
    String id = CopiedText.id(typed);
    Matcher number = NUMBER.matcher(id);
    boolean numbered = number.matches();
    if (numbered && !number.group(1).isEmpty()) {
      return "#" + number.group(2);
    }
    return parse(typed)
        .map(PairingCode::value)
        .orElseGet(() -> numbered ? "#" + number.group(2) : id);
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
