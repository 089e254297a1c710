package dev.nexo.pairing.cli.terminal;

/** Times as Nexo's tables show them. */
public final class Times {

  private Times() {}

  /**
   * {@code 2026-04-25T13:21:00Z} as {@code 2026-04-25 13:21:00 UTC}, without a fraction; null stays
   * null. Cut and not parsed: java.time's parser is a tenth of the whole command's time.
   */
  public static String shown(String time) {
    boolean plain =
        time != null && time.length() >= 20 && time.charAt(10) == 'T' && time.endsWith("Z");
    return plain ? time.substring(0, 10) + ' ' + time.substring(11, 19) + " UTC" : time;
  }
}
