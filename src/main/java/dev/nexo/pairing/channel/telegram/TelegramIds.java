package dev.nexo.pairing.channel.telegram;

import dev.nexo.pairing.channel.SenderIdRules;
import dev.nexo.pairing.spi.SenderVerdict;
import java.util.Locale;
import java.util.Set;

/**
 * Assesses Telegram sender ids ({@code protocol.md#sender-ids}). Numeric ids stay unchanged; none
 * begins with a zero. Names become {@code @name} in lower case. Negative ids are groups and
 * channels.
 */
final class TelegramIds {

  /**
   * Telegram's own accounts, in whose name messages of many people arrive: notifications (777000,
   * 333000), anonymous group administrators (1087968824), senders that write as a channel
   * (136817688), replies (1271266957), verification codes (489000) and the anti-spam bot
   * (5434988373).
   */
  private static final Set<String> SERVICE_IDS =
      Set.of("777000", "333000", "1087968824", "136817688", "1271266957", "489000", "5434988373");

  private static final Set<String> SERVICE_NAMES =
      Set.of("@groupanonymousbot", "@channel_bot", "@replies", "@verificationcodes");

  private static final SenderVerdict NO_ID = SenderVerdict.impossible("not_an_id");

  private TelegramIds() {}

  /** Returns the verdict on a trimmed id. A canonical id is returned as the same instance. */
  static SenderVerdict assess(String raw) {
    String id = SenderIdRules.withoutMarks(raw);
    if (id.isEmpty()) {
      return NO_ID;
    }
    char first = id.charAt(0);
    if (first == '-') {
      return isNumeric(id, 1) ? SenderVerdict.group(id) : NO_ID;
    }
    if (isDigit(first)) {
      return isNumeric(id, 0) ? person(id, SERVICE_IDS) : NO_ID;
    }
    String name = name(id, first == '@' ? 1 : 0);
    return name == null ? NO_ID : person(name, SERVICE_NAMES);
  }

  private static SenderVerdict person(String canonical, Set<String> shared) {
    return shared.contains(canonical) ? SenderVerdict.shared() : SenderVerdict.person(canonical);
  }

  private static boolean isNumeric(String raw, int start) {
    for (int i = start; i < raw.length(); i++) {
      if (!isDigit(raw.charAt(i))) {
        return false;
      }
    }
    // Telegram writes no zero in front: 0777000 would be another sender than 777000.
    return raw.length() > start && raw.charAt(start) != '0';
  }

  /** Normalizes a name: an ASCII letter, then ASCII letters, digits and underscores; or null. */
  private static String name(String raw, int start) {
    if (raw.length() == start || !isLetter(raw.charAt(start))) {
      return null;
    }
    boolean lower = true;
    for (int i = start; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (!isLetter(c) && !isDigit(c) && c != '_') {
        return null;
      }
      lower &= c < 'A' || c > 'Z';
    }
    String marked = start == 1 ? raw : "@".concat(raw);
    return lower ? marked : marked.toLowerCase(Locale.ROOT);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
