package dev.nexo.pairing.channel;

/** Rules that apply to the sender ids of every channel, before an adapter normalizes them. */
public final class SenderIdRules {

  private static final char NEXT_LINE = '\u0085';

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

  private static boolean isSpace(char c) {
    // A fast path for ASCII, because nearly all ids are ASCII and this runs for every message.
    if (c > ' ' && c < 0x7f) {
      return false;
    }
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
  }
}
