package dev.nexo.pairing.qr;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A QR code (ISO/IEC 18004) with the quiet zone that scanners need. Does not keep its text.
 * Immutable and thread-safe.
 */
public final class QrCode {

  /** The maximum length of the text, in bytes of UTF-8. */
  public static final int MAX_BYTES = 2_000;

  /**
   * The maximum length for level M (corrects 15 % damage) instead of L (7 %): the capacity of
   * version 13 with the header for UTF-8. With its quiet zone it is 77 modules wide, which fits a
   * terminal of {@value #TERMINAL_COLUMNS} columns.
   */
  private static final int MAX_BYTES_AT_M = 330;

  /** The usual width of a terminal, in columns. */
  private static final int TERMINAL_COLUMNS = 80;

  /**
   * How many columns of the quiet zone a terminal may lose on each side. One remains, with which
   * scanners still find the code.
   */
  private static final int MAX_CROPPED = Modules.QUIET_ZONE - 1;

  /** The half blocks whose dark halves are: none, the upper, the lower, both. */
  private static final char[] HALVES = {' ', '▀', '▄', '█'};

  private final Modules modules;

  private QrCode(Modules modules) {
    this.modules = modules;
  }

  /**
   * Encodes a text in the smallest possible symbol.
   *
   * @param text 1 to {@value #MAX_BYTES} bytes of UTF-8
   * @throws IllegalArgumentException if the length is invalid or the text has an unpaired
   *     surrogate; the message does not contain the text
   */
  public static QrCode of(String text) {
    byte[] utf8 = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    // An unpaired surrogate has no UTF-8 form and would be encoded as a question mark.
    if (utf8.length < 1
        || utf8.length > MAX_BYTES
        || !text.equals(new String(utf8, StandardCharsets.UTF_8))) {
      throw new IllegalArgumentException(
          "A QR code requires 1 to " + MAX_BYTES + " bytes of UTF-8 text");
    }
    // ASCII needs no header with the character set; the symbol is smaller without it, and every
    // scanner can read it.
    Map<EncodeHintType, ?> hints =
        utf8.length == text.length()
            ? Map.of()
            : Map.of(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name());
    try {
      return new QrCode(
          new Modules(Encoder.encode(text, level(utf8.length), hints).getMatrix().getArray()));
    } catch (WriterException e) {
      throw new IllegalStateException("2,000 bytes fit into a QR code", e);
    }
  }

  private static ErrorCorrectionLevel level(int bytes) {
    return bytes <= MAX_BYTES_AT_M ? ErrorCorrectionLevel.M : ErrorCorrectionLevel.L;
  }

  /**
   * Returns the code for a terminal (ECMA-48, SGR): lines of half blocks, two modules in each
   * character. Every line ends with a reset and {@code \n}. Uses black and white of the 256-color
   * palette, because themes change the first 16 colors.
   *
   * <p>Up to 520 bytes of ASCII fit a terminal of {@value #TERMINAL_COLUMNS} columns: from 426
   * bytes on, the quiet zone is narrower on the left and the right. A longer text needs a wider
   * terminal.
   *
   * @param inverted whether to draw light on dark instead of dark on light
   */
  public String ansi(boolean inverted) {
    int size = modules.size();
    int cropped = cropped(size);
    StringBuilder drawing = new StringBuilder((size + 32) * (size / 2 + 1));
    // The number of rows is odd; a light row follows the last one.
    for (int y = 0; y < size; y += 2) {
      drawing.append(inverted ? "\u001b[38;5;231;48;5;16m" : "\u001b[38;5;16;48;5;231m");
      for (int x = cropped; x < size - cropped; x++) {
        int upper = modules.isDark(x, y) ? 1 : 0;
        int lower = modules.isDark(x, y + 1) ? 2 : 0;
        drawing.append(HALVES[upper + lower]);
      }
      drawing.append("\u001b[0m\n");
    }
    return drawing.toString();
  }

  /** Returns how many columns to leave out on each side; none if that does not make it fit. */
  private static int cropped(int size) {
    int needed = Math.max(0, (size - TERMINAL_COLUMNS + 1) / 2);
    return needed <= MAX_CROPPED ? needed : 0;
  }

  /** Returns a black and white PNG, at least 400 pixels wide, with one bit per pixel. */
  public byte[] png() {
    return PngDrawing.of(modules);
  }

  /**
   * Returns a scalable SVG 1.1 image with one unit per module: a white square, and one black path
   * with a rectangle for each run of dark modules.
   */
  public String svg() {
    int size = modules.size();
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < size; y++) {
      int x = 0;
      while (x < size) {
        int start = x;
        while (modules.isDark(x, y)) {
          x++;
        }
        if (x > start) {
          path.append('M').append(start).append(' ').append(y);
          path.append('h').append(x - start).append("v1H").append(start).append('z');
        }
        x++;
      }
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\"".formatted(size)
        + " shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
        + "<path fill=\"#000\" d=\""
        + path
        + "\"/></svg>";
  }
}
