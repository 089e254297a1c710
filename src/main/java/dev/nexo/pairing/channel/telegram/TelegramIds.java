package dev.nexo.pairing.channel.telegram;

import java.util.Locale;
import java.util.Optional;

/**
 * Reads Telegram's senders (contract, section 5): numeric ids, negative for groups, pass as they
 * are; names become {@code @name} in lower case.
 */
final class TelegramIds {

  private TelegramIds() {}

  /** The canonical form of a trimmed id, the same instance where it has it already. */
  static Optional<String> canonical(String raw) {
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    char first = raw.charAt(0);
    if (first == '-' || isDigit(first)) {
      return isNumeric(raw, first == '-' ? 1 : 0) ? Optional.of(raw) : Optional.empty();
    }
    return name(raw, first == '@' ? 1 : 0);
  }

  private static boolean isNumeric(String raw, int start) {
    for (int i = start; i < raw.length(); i++) {
      if (!isDigit(raw.charAt(i))) {
        return false;
      }
    }
    return raw.length() > start;
  }

  /** A letter, then letters, digits and underscores, all of ASCII. */
  private static Optional<String> name(String raw, int start) {
    if (raw.length() == start || !isLetter(raw.charAt(start))) {
      return Optional.empty();
    }
    boolean lower = true;
    for (int i = start; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (!isLetter(c) && !isDigit(c) && c != '_') {
        return Optional.empty();
      }
      lower &= c < 'A' || c > 'Z';
    }
    String marked = start == 1 ? raw : "@".concat(raw);
    return Optional.of(lower ? marked : marked.toLowerCase(Locale.ROOT));
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
