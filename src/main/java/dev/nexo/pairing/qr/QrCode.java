package dev.nexo.pairing.qr;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A text as a QR code (ISO/IEC 18004), with the quiet zone that scanners need. Keeps the drawing
 * and not the text. Immutable and thread-safe.
 */
public final class QrCode {

  /** The longest text, in bytes of UTF-8. */
  public static final int MAX_BYTES = 2_000;

  /**
   * The longest text that gets level M (15 % may be lost) instead of L (7 %): what version 13 holds
   * at M beside the header for UTF-8. With its quiet zone it is 77 modules wide, which still fits a
   * terminal of 80 columns; and a screen gets no stains that M would be needed for.
   */
  private static final int MAX_BYTES_AT_M = 330;

  private final Modules modules;

  private QrCode(Modules modules) {
    this.modules = modules;
  }

  /**
   * Encodes a text, in the smallest symbol it fits into.
   *
   * @param text 1 to {@value #MAX_BYTES} bytes of UTF-8
   * @throws IllegalArgumentException where it is not; the message does not repeat it
   */
  public static QrCode of(String text) {
    byte[] utf8 = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    // Half a surrogate pair has no UTF-8 and would come back as a question mark.
    if (utf8.length < 1
        || utf8.length > MAX_BYTES
        || !text.equals(new String(utf8, StandardCharsets.UTF_8))) {
      throw new IllegalArgumentException(
          "A QR code takes 1 to " + MAX_BYTES + " bytes of UTF-8 text");
    }
    // Said only where it matters: ASCII is the same in every character set, and without the
    // header that says which, the symbol is smaller and no scanner stumbles over it.
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
   * For a terminal: lines of half blocks, two modules to a character, in colours of their own, so
   * that the terminal's do not matter. Every line ends with a reset and {@code \n}.
   *
   * @param inverted light on dark instead of dark on light
   */
  public String ansi(boolean inverted) {
    return AnsiDrawing.of(modules, inverted);
  }

  /** A picture of 400 pixels at least, black and white, in one bit a pixel. */
  public byte[] png() {
    return PngDrawing.of(modules);
  }

  /** A drawing of one path, as large as the page wants it, one unit to a module. */
  public String svg() {
    return SvgDrawing.of(modules);
  }
}
