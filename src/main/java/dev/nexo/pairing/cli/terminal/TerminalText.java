package dev.nexo.pairing.cli.terminal;

/**
 * Makes strings safe for a terminal. Ids, names and notes come from strangers: escape sequences
 * could repaint the screen, and bidirectional controls could show one sender as another (Unicode TR
 * 36, section 2.5).
 */
public final class TerminalText {

  private TerminalText() {}

  /**
   * Removes control characters, format characters (such as bidirectional and zero-width ones) and
   * unpaired surrogates. Tabs and line ends become spaces.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(shown, point));
    return shown.toString();
  }

  /** Makes a string safe for a terminal, and cuts it after {@code length} characters. */
  public static String of(String text, int length) {
    String shown = of(text);
    return shown.length() > length ? shown.substring(0, length) + "…" : shown;
  }

  private static void append(StringBuilder shown, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> {
        if (point == '\t' || point == '\n' || point == '\r') {
          shown.append(' ');
        }
      }
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> shown.append(' ');
      default -> shown.appendCodePoint(point);
    }
  }
}
