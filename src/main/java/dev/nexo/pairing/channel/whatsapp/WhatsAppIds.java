package dev.nexo.pairing.channel.whatsapp;

import dev.nexo.pairing.channel.SenderIdRules;
import dev.nexo.pairing.spi.SenderVerdict;
import java.util.List;

/**
 * Assesses WhatsApp sender ids ({@code protocol.md#sender-ids}). Phone numbers in any notation
 * become {@code +<digits>}. A LID is not a phone number and becomes {@code <digits>@lid}.
 *
 * <p>What WhatsApp itself sends (with a domain) is accepted as it is. What a person types is
 * rejected if its form shows that it is not an international number, because its digits could be
 * another person's number.
 */
final class WhatsAppIds {

  private static final int MIN_NUMBER = 5;
  private static final int MAX_NUMBER = 15;
  private static final int MAX_LID = 20;
  private static final int MAX_DEVICE = 5;
  private static final int MAX_AGENT = 3;
  private static final String INTERNATIONAL = "00";

  private static final List<String> PHONE_DOMAINS = List.of("s.whatsapp.net", "c.us", "hosted");
  private static final List<String> LID_DOMAINS = List.of("lid", "hosted.lid");
  private static final List<String> GROUP_DOMAINS = List.of("g.us", "broadcast", "newsletter");

  /** There is a letter, another character, or a decimal fraction in it. */
  private static final SenderVerdict NOT_A_NUMBER = SenderVerdict.impossible("not_a_number");

  /** A zero that is dialled only inside the country: no international number contains it. */
  private static final SenderVerdict TRUNK_ZERO = SenderVerdict.impossible("trunk_zero");

  private static final SenderVerdict TOO_SHORT = SenderVerdict.impossible("too_short");
  private static final SenderVerdict TOO_LONG = SenderVerdict.impossible("too_long");
  private static final SenderVerdict UNKNOWN_DOMAIN = SenderVerdict.impossible("unknown_domain");

  private WhatsAppIds() {}

  /** Returns the verdict on a trimmed id. A canonical id is returned as the same instance. */
  static SenderVerdict assess(String raw) {
    if (isCanonical(raw)) {
      return SenderVerdict.person(raw);
    }
    String id = SenderIdRules.withoutMarks(raw);
    if (id.isEmpty()) {
      return NOT_A_NUMBER;
    }
    int at = id.indexOf('@');
    return at < 0 ? typed(id) : jid(id, at);
  }

  /** Returns whether an id is {@code +<digits>} without a zero in front. */
  private static boolean isCanonical(String raw) {
    return raw.length() > MIN_NUMBER
        && raw.charAt(0) == '+'
        && raw.charAt(1) != '0'
        && isNumber(raw, 1, raw.length());
  }

  /**
   * Assesses {@code <digits>[[._]<agent>]:<device>@<domain>}, written by programs: no spaces, no 00
   * prefix. whatsmeow writes {@code .<agent>} in front of the device, Baileys {@code _<agent>}.
   */
  private static SenderVerdict jid(String raw, int at) {
    if (isOneOf(GROUP_DOMAINS, raw, at)) {
      return SenderVerdict.rejectedGroup();
    }
    boolean phone = isOneOf(PHONE_DOMAINS, raw, at);
    if (!phone && !isOneOf(LID_DOMAINS, raw, at)) {
      return UNKNOWN_DOMAIN;
    }
    int colon = raw.indexOf(':');
    int end = colon < 0 || colon > at ? at : colon;
    if (end < at && !isDigits(raw, end + 1, at, 1, MAX_DEVICE)) {
      return NOT_A_NUMBER;
    }
    if (end < at) {
      end = withoutAgent(raw, end);
    }
    if (phone) {
      int start = raw.charAt(0) == '+' ? 1 : 0;
      return isDigits(raw, start, end, 1, Integer.MAX_VALUE)
          ? ofLength("+".concat(raw.substring(start, end)))
          : NOT_A_NUMBER;
    }
    if (!isDigits(raw, 0, end, 1, MAX_LID)) {
      return NOT_A_NUMBER;
    }
    boolean canonical = end == at && raw.endsWith("@lid");
    return SenderVerdict.person(canonical ? raw : raw.substring(0, end) + "@lid");
  }

  /** Returns the end of the digits in front of an agent, which is no part of them. */
  private static int withoutAgent(String raw, int end) {
    int mark = Math.max(raw.lastIndexOf('.', end), raw.lastIndexOf('_', end));
    return mark >= 0 && isDigits(raw, mark + 1, end, 1, MAX_AGENT) ? mark : end;
  }

  /** Assesses a typed number: {@code +} or 00 prefix; spaces, dashes, dots, parentheses inside. */
  private static SenderVerdict typed(String raw) {
    boolean plus = raw.charAt(0) == '+';
    StringBuilder digits = new StringBuilder(MAX_NUMBER + INTERNATIONAL.length() + 1).append('+');
    int open = -1;
    boolean trunkZero = false;
    for (int i = plus ? 1 : 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (isDigit(c)) {
        if (digits.length() > MAX_NUMBER + INTERNATIONAL.length()) {
          return TOO_LONG;
        }
        digits.append(c);
      } else if (c == '(' && open < 0) {
        open = digits.length();
      } else if (c == ')' && open >= 0) {
        trunkZero |= open > 1 && digits.length() > open && digits.charAt(open) == '0';
        open = -1;
      } else if (!isSeparator(c)
          || (digits.length() == 1 && !(plus && isBlank(c)))
          || i == raw.length() - 1) {
        // Separators are allowed inside a number only: "-12345" is a Telegram group.
        return NOT_A_NUMBER;
      }
    }
    if (open >= 0 || isFraction(raw)) {
      return NOT_A_NUMBER;
    }
    boolean prefix = !plus && digits.indexOf(INTERNATIONAL) == 1;
    String number = prefix ? digits.deleteCharAt(1).deleteCharAt(1).toString() : digits.toString();
    if (trunkZero || number.startsWith("0", 1)) {
      return TRUNK_ZERO;
    }
    return ofLength(number);
  }

  /**
   * Returns whether a spreadsheet may have written this number, as a decimal: one digit behind the
   * final dot, or zeros behind the only separator.
   */
  private static boolean isFraction(String raw) {
    int dot = raw.lastIndexOf('.');
    if (dot < 0) {
      return false;
    }
    boolean onlyDot = true;
    boolean zeros = true;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (i > dot) {
        zeros &= c == '0';
      } else if (i < dot) {
        onlyDot &= isDigit(c) || (i == 0 && c == '+');
      }
    }
    return (raw.length() - dot == 2 && isDigit(raw.charAt(dot + 1))) || (onlyDot && zeros);
  }

  private static boolean isSeparator(char c) {
    return isBlank(c) || c == '.' || Character.getType(c) == Character.DASH_PUNCTUATION;
  }

  private static boolean isBlank(char c) {
    return Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  /** Returns {@code +<digits>}, which is checked to consist of digits, or why it is too long. */
  private static SenderVerdict ofLength(String number) {
    int digits = number.length() - 1;
    if (digits < MIN_NUMBER) {
      return TOO_SHORT;
    }
    return digits > MAX_NUMBER ? TOO_LONG : SenderVerdict.person(number);
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

  private static boolean isOneOf(List<String> domains, String raw, int at) {
    for (String domain : domains) {
      if (isDomain(raw, at, domain)) {
        return true;
      }
    }
    return false;
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
