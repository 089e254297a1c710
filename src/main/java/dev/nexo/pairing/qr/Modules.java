package dev.nexo.pairing.qr;

/** The modules of a QR code, including the quiet zone. Uses the matrix without a copy. */
final class Modules {

  /** The width of the light margin on each side, in modules (ISO/IEC 18004, section 6.3.8). */
  static final int QUIET_ZONE = 4;

  private final byte[][] rows;

  Modules(byte[][] rows) {
    this.rows = rows;
  }

  /** Returns the length of a side in modules, including the quiet zone: 29 to 185. */
  int size() {
    return rows.length + 2 * QUIET_ZONE;
  }

  /** Returns whether a module is dark; modules outside the code are light. */
  boolean isDark(int x, int y) {
    int column = x - QUIET_ZONE;
    int row = y - QUIET_ZONE;
    return row >= 0
        && row < rows.length
        && column >= 0
        && column < rows.length
        && rows[row][column] == 1;
  }
}
