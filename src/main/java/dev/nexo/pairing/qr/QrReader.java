package dev.nexo.pairing.qr;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads the text of a QR code (ISO/IEC 18004) from a PNG picture, for a companion without a camera.
 * Does not trust the picture: checks its size before it unpacks a pixel. Separate from {@link
 * QrCode}, so that a server never loads the classes that read pictures. Thread-safe.
 */
public final class QrReader {

  /** The largest file, in bytes. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  /** The largest picture, in pixels. */
  public static final int MAX_PIXELS = 16_000_000;

  private static final int OPAQUE = 255;

  private static final Map<DecodeHintType, ?> HINTS =
      Map.of(DecodeHintType.TRY_HARDER, Boolean.TRUE);

  private QrReader() {}

  /** Whether these bytes start with a PNG's signature (W3C PNG, section 5.2). */
  public static boolean isPng(byte[] bytes) {
    return Arrays.equals(Arrays.copyOf(bytes, PngDrawing.SIGNATURE.length), PngDrawing.SIGNATURE);
  }

  /**
   * The text of the QR code on a picture, dark on light or light on dark.
   *
   * @param png a PNG of at most {@value #MAX_BYTES} bytes and {@value #MAX_PIXELS} pixels
   * @throws IllegalArgumentException if it is no PNG, is broken or too large, or shows no QR code;
   *     the message says which
   */
  public static String read(byte[] png) {
    if (png.length > MAX_BYTES) {
      throw new IllegalArgumentException("The picture has more than 8 MB; cut it to the QR code");
    }
    if (!isPng(png)) {
      throw new IllegalArgumentException("This is no PNG picture");
    }
    LuminanceSource picture = picture(png);
    try {
      return text(picture);
    } catch (ReaderException e) {
      return inverted(picture);
    }
  }

  private static String inverted(LuminanceSource picture) {
    try {
      return text(picture.invert());
    } catch (ReaderException e) {
      throw new IllegalArgumentException(
          "No QR code is found on the picture; let it show all of the code and little else", e);
    }
  }

  private static String text(LuminanceSource picture) throws ReaderException {
    try {
      return new QRCodeReader()
          .decode(new BinaryBitmap(new HybridBinarizer(picture)), HINTS)
          .getText();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The decoder's arithmetic fails on pictures made for that.
      throw FormatException.getFormatInstance(e);
    }
  }

  private static LuminanceSource picture(byte[] png) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
      // Without metadata: packed texts in it could unpack to anything.
      reader.setInput(in, true, true);
      if ((long) reader.getWidth(0) * reader.getHeight(0) <= MAX_PIXELS) {
        return greys(reader.read(0));
      }
    } catch (IOException | RuntimeException e) {
      // ImageIO throws many kinds for broken files.
      throw new IllegalArgumentException("The PNG picture is broken", e);
    } finally {
      reader.dispose();
    }
    throw new IllegalArgumentException(
        "The picture has more than 16 megapixels; cut it to the QR code");
  }

  /** The picture as the decoder needs it: one byte a pixel. */
  private static LuminanceSource greys(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] greys = new byte[width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        greys[y * width + x] = (byte) onWhite(row[x]);
      }
    }
    return new PlanarYUVLuminanceSource(greys, width, height, 0, 0, width, height, false);
  }

  /** The brightness of a pixel on white, 0 to 255; green counts twice, as for the eye. */
  private static int onWhite(int argb) {
    int alpha = argb >>> 24;
    int grey = ((argb >> 16 & 0xff) + 2 * (argb >> 8 & 0xff) + (argb & 0xff)) / 4;
    return (grey * alpha + OPAQUE * (OPAQUE - alpha)) / OPAQUE;
  }
}
