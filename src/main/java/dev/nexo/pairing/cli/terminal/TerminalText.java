package dev.nexo.pairing.cli.terminal;

/**
 * Text as a terminal may get it. Ids, names and notes are what strangers wrote: escape sequences
 * would move the cursor and repaint what stands there, and bidirectional controls show one sender
 * as another (Unicode TR 36, section 2.5).
 */
public final class TerminalText {

  private TerminalText() {}

  /**
   * The text without what a terminal would obey or nobody would see: control and format characters
   * (bidirectional and zero-width ones among them) and halves of surrogate pairs. Tabs and the ends
   * of lines become blanks.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(shown, point));
    return shown.toString();
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
