package dev.nexo.pairing.channel.whatsapp;

import java.util.Optional;

/**
 * Normalizes WhatsApp sender ids ({@code protocol.md#sender-ids}). Phone numbers in any notation
 * become {@code +<digits>}. A LID is not a phone number and becomes {@code <digits>@lid}.
 */
final class WhatsAppIds {

  private static final int MIN_NUMBER = 5;
  private static final int MAX_NUMBER = 15;
  private static final int MAX_LID = 20;
  private static final int MAX_DEVICE = 5;
  private static final String INTERNATIONAL = "00";

  private WhatsAppIds() {}

  /**
   * The canonical form of a trimmed id; empty if the id is invalid. Returns the same instance if it
   * is already canonical.
   */
  static Optional<String> canonical(String raw) {
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    if (raw.charAt(0) == '+' && isNumber(raw, 1, raw.length())) {
      return Optional.of(raw);
    }
    int at = raw.indexOf('@');
    return at < 0 ? typed(raw) : jid(raw, at);
  }

  /**
   * Normalizes {@code <digits>[:<device>]@<domain>}, written by programs: no spaces, no 00 prefix.
   */
  private static Optional<String> jid(String raw, int at) {
    int colon = raw.indexOf(':');
    int end = colon < 0 || colon > at ? at : colon;
    if (end < at && !isDigits(raw, end + 1, at, 1, MAX_DEVICE)) {
      return Optional.empty();
    }
    if (isDomain(raw, at, "lid")) {
      if (!isDigits(raw, 0, end, 1, MAX_LID)) {
        return Optional.empty();
      }
      return Optional.of(raw.endsWith("@lid") && end == at ? raw : raw.substring(0, end) + "@lid");
    }
    int start = raw.charAt(0) == '+' ? 1 : 0;
    boolean phone = isDomain(raw, at, "c.us") || isDomain(raw, at, "s.whatsapp.net");
    return phone && isNumber(raw, start, end)
        ? Optional.of("+".concat(raw.substring(start, end)))
        : Optional.empty();
  }

  /**
   * Normalizes a typed number: {@code +} or 00 prefix; spaces, dashes, dots, parentheses inside.
   */
  private static Optional<String> typed(String raw) {
    boolean plus = raw.charAt(0) == '+';
    StringBuilder digits = new StringBuilder(MAX_NUMBER + INTERNATIONAL.length() + 1).append('+');
    boolean open = false;
    for (int i = plus ? 1 : 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (isDigit(c)) {
        digits.append(c);
      } else if (c == '(' || c == ')') {
        if (open == (c == '(')) {
          return Optional.empty();
        }
        open = !open;
      } else if (!isSeparator(c) || (digits.length() == 1 && !(plus && isBlank(c)))) {
        // Separators are allowed inside a number only: "-12345" is a Telegram group.
        return Optional.empty();
      } else if (i == raw.length() - 1) {
        return Optional.empty();
      }
    }
    String number = digits.toString();
    if (!plus && number.startsWith(INTERNATIONAL, 1)) {
      number = "+".concat(number.substring(1 + INTERNATIONAL.length()));
    }
    return !open && isNumber(number, 1, number.length()) ? Optional.of(number) : Optional.empty();
  }

  private static boolean isSeparator(char c) {
    return isBlank(c) || c == '.' || Character.getType(c) == Character.DASH_PUNCTUATION;
  }

  private static boolean isBlank(char c) {
    return Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  private static boolean isNumber(String text, int start, int end) {
    return isDigits(text, start, end, MIN_NUMBER, MAX_NUMBER);
  }

  private static boolean isDigits(String text, int start, int end, int min, int max) {
    if (end - start < min || end - start > max) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Compares in ASCII only, because equalsIgnoreCase treats the long s (U+017F) as an s. */
  private static boolean isDomain(String raw, int at, String domain) {
    if (raw.length() - at - 1 != domain.length()) {
      return false;
    }
    for (int i = 0; i < domain.length(); i++) {
      char c = raw.charAt(at + 1 + i);
      char lower = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
      if (lower != domain.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
