package dev.nexo.pairing.qr;

/**
 * Draws in characters of a terminal (ECMA-48, SGR). Black and white are those of the 256 colours
 * that no theme repaints, unlike the first 16.
 */
final class AnsiDrawing {

  private static final String BLACK_ON_WHITE = "\u001b[38;5;16;48;5;231m";
  private static final String WHITE_ON_BLACK = "\u001b[38;5;231;48;5;16m";
  private static final String END_OF_LINE = "\u001b[0m\n";

  /** By what is dark: neither half, the upper, the lower, both. */
  private static final char[] HALVES = {' ', '▀', '▄', '█'};

  private AnsiDrawing() {}

  static String of(Modules modules, boolean inverted) {
    int size = modules.size();
    StringBuilder drawing = new StringBuilder((size + 32) * (size / 2 + 1));
    // The number of rows is odd; what is below the last one is light.
    for (int y = 0; y < size; y += 2) {
      drawing.append(inverted ? WHITE_ON_BLACK : BLACK_ON_WHITE);
      for (int x = 0; x < size; x++) {
        int upper = modules.isDark(x, y) ? 1 : 0;
        int lower = modules.isDark(x, y + 1) ? 2 : 0;
        drawing.append(HALVES[upper + lower]);
      }
      drawing.append(END_OF_LINE);
    }
    return drawing.toString();
  }
}
