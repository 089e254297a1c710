package dev.nexo.pairing.qr;

/** The modules of a QR code, including the quiet zone. Uses the matrix without a copy. */
final class Modules {

  /** How many light modules every side needs (ISO/IEC 18004, section 6.3.8). */
  static final int QUIET_ZONE = 4;

  private final byte[][] rows;

  Modules(byte[][] rows) {
    this.rows = rows;
  }

  /** How many modules a side has, the quiet zone included: 29 to 185. */
  int size() {
    return rows.length + 2 * QUIET_ZONE;
  }

  /** Whether a module is dark; those outside are light. */
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
