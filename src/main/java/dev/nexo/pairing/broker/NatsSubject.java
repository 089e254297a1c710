package dev.nexo.pairing.broker;

/** What NATS takes for a subject. */
public final class NatsSubject {

  private static final int MAX_PREFIX = 128;

  private NatsSubject() {}

  /**
   * Whether messages can be published under this prefix: 1–128 characters, tokens of visible ASCII
   * between single dots, no wildcards.
   */
  public static boolean isPrefix(String text) {
    if (text.isEmpty() || text.length() > MAX_PREFIX) {
      return false;
    }
    char before = '.';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '*' || c == '>' || (c == '.' && before == '.')) {
        return false;
      }
      before = c;
    }
    return before != '.';
  }
}
