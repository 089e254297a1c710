package dev.nexo.pairing.channel;

/** What holds for sender ids on every channel, before any adapter is asked. */
public final class SenderIdRules {

  private static final char NEXT_LINE = '\u0085';

  private SenderIdRules() {}

  /**
   * Takes white space off both ends: everything Unicode calls so, the no-break spaces and the line
   * ends of old mainframes among it.
   *
   * @param raw the id as it came, or null
   * @return the trimmed id, the same instance where there was nothing to take off; null for null
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
    // Ids are ASCII nearly always, and this runs for every message.
    if (c > ' ' && c < 0x7f) {
      return false;
    }
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
  }
}
