package dev.nexo.pairing.channel;

import dev.nexo.pairing.SenderKey;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Rules that apply to the sender ids of every channel, before an adapter normalizes them. */
public final class SenderIdRules {

  private static final int REPLACEMENT = 0xfffd;

  /** Digits, with or without spaces and other characters between them. */
  private static final Pattern NUMBER_AS_TYPED =
      Pattern.compile("\\(?\\+?\\(?\\d[\\d\\h()./\\-\u2010-\u2015]*\\d");

  private static final Pattern DIGITS = Pattern.compile("\\+?\\d+");

  private static final char NEXT_LINE = '\u0085';

  /** What programs write for an id that they do not have. */
  private static final String[] LOST = {"null", "none", "nil", "undefined", "nan"};

  /** Values of a missing id that cannot be a name, and those of networks for hidden numbers. */
  private static final String[] MISSING = {
    "unknown", "anonymous", "[object object]", "n/a", "anonymous@anonymous.invalid"
  };

  /** The characters that names on IRC may consist of, beside letters and digits. */
  private static final String NAME_CHARACTERS = "#&![]\\`_^{|}";

  private SenderIdRules() {}

  /**
   * Removes whitespace at both ends: all whitespace of Unicode, including no-break spaces and the
   * next-line character U+0085.
   *
   * @param raw the id as it was received, or null
   * @return the trimmed id, the same instance if nothing was removed; null for null
   */
  public static String trim(String raw) {
    if (raw == null) {
      return null;
    }
    int start = 0;
    int end = raw.length();
    while (start < end && isSpace(raw.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(raw.charAt(end - 1))) {
      end--;
    }
    return raw.substring(start, end);
  }

  /**
   * Returns whether an id is what a program writes if it has lost the id, in any case: {@code
   * undefined}, {@code null}, {@code 0} and the like, and what programs put around or between parts
   * that they have lost: {@code +undefined}, {@code +}, {@code @null:null}, the nil UUID. It would
   * be the id of everybody whose id is lost. Allocates nothing.
   *
   * @param trimmed the id, trimmed
   */
  public static boolean isMissing(String trimmed) {
    return hasOnlyLostParts(trimmed) || isOneOf(MISSING, trimmed, 0, trimmed.length());
  }

  /** Returns whether everything between the separators is a zero or a word for nothing. */
  private static boolean hasOnlyLostParts(String id) {
    int start = 0;
    for (int i = 0; i <= id.length(); i++) {
      if (i < id.length() && !isSeparator(id.charAt(i))) {
        continue;
      }
      if (start < i && !isZero(id, start, i) && !isOneOf(LOST, id, start, i)) {
        return false;
      }
      start = i + 1;
    }
    return true;
  }

  /** Returns whether a character is ASCII, and neither a letter nor a digit nor part of a name. */
  private static boolean isSeparator(char c) {
    return c < 0x80 && !Character.isLetterOrDigit(c) && NAME_CHARACTERS.indexOf(c) < 0;
  }

  private static boolean isOneOf(String[] words, String id, int start, int end) {
    for (String word : words) {
      if (end - start == word.length() && id.regionMatches(true, start, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isZero(String id, int start, int end) {
    for (int i = start; i < end; i++) {
      if (id.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns what an operator should check about an id on a channel without an adapter, where ids
   * are compared as they are.
   *
   * @param trimmed the id, trimmed
   */
  static List<String> warnings(String trimmed) {
    if (!withoutMarks(trimmed).equals(trimmed)) {
      return List.of("It has invisible marks at its ends, which are part of the id here.");
    }
    if (NUMBER_AS_TYPED.matcher(trimmed).matches() && !DIGITS.matcher(trimmed).matches()) {
      return List.of(
          "It has spaces or other characters between its digits, and this channel compares ids as"
              + " they are. Write it as the channel sends it.");
    }
    if (trimmed.indexOf('@') > 0 && !trimmed.equals(trimmed.toLowerCase(Locale.ROOT))) {
      return List.of(
          "It has capital letters, and this channel compares ids as they are. Write it as the"
              + " channel sends it, probably in lower case.");
    }
    return List.of();
  }

  /**
   * Removes white space and marks for the writing direction at both ends. Address books and message
   * apps put these marks around phone numbers. For adapters whose ids are ASCII: on a channel where
   * people choose any characters, two ids would become one.
   *
   * @param trimmed the id, trimmed
   * @return the id without marks, the same instance if nothing was removed
   */
  public static String withoutMarks(String trimmed) {
    int start = 0;
    int end = trimmed.length();
    while (start < end && isMarkOrSpace(trimmed.charAt(start))) {
      start++;
    }
    while (end > start && isMarkOrSpace(trimmed.charAt(end - 1))) {
      end--;
    }
    return trimmed.substring(start, end);
  }

  /** Returns whether a character is a mark for the writing direction (Unicode, Bidi_Control). */
  private static boolean isMarkOrSpace(char c) {
    if (c > ' ' && c < 0x7f) {
      return false;
    }
    return c == '\u061c'
        || c == '\u200e'
        || c == '\u200f'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069')
        || isSpace(c);
  }

  /**
   * Returns an invalid id in a form that can be listed: without control characters and unpaired
   * surrogates, at most {@value SenderKey#MAX_SENDER} characters.
   *
   * @param raw an id that is not blank
   */
  public static String displayable(String raw) {
    int[] shown =
        raw.codePoints()
            .limit(SenderKey.MAX_SENDER / 2)
            .map(c -> Character.isISOControl(c) || isSurrogate(c) ? REPLACEMENT : c)
            .toArray();
    return trim(new String(shown, 0, shown.length));
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private static boolean isSpace(char c) {
    // A fast path for ASCII, because nearly all ids are ASCII and this runs for every message.
    if (c > ' ' && c < 0x7f) {
      return false;
    }
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
  }
}
