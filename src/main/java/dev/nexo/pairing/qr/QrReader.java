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
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads the text of a QR code (ISO/IEC 18004) from a PNG or JPEG image, for a companion without a
 * camera. The image is untrusted: its size is checked before pixels are decompressed. The class is
 * separate from {@link QrCode}, so that a server does not load classes for reading images.
 * Thread-safe.
 */
public final class QrReader {

  /** The maximum size of a file, in bytes. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  /** The maximum size of an image, in pixels. */
  public static final int MAX_PIXELS = 16_000_000;

  private static final int OPAQUE = 255;

  private static final Map<DecodeHintType, ?> HINTS =
      Map.of(DecodeHintType.TRY_HARDER, Boolean.TRUE);

  private QrReader() {}

  /**
   * Returns the text of the QR code in an image, dark on light or light on dark.
   *
   * @param image a PNG or JPEG of at most {@value #MAX_BYTES} bytes and {@value #MAX_PIXELS} pixels
   * @throws IllegalArgumentException if the image is of another type, is corrupt or too large, or
   *     contains no QR code; the message says which
   */
  public static String read(byte[] image) {
    if (image.length > MAX_BYTES) {
      throw new IllegalArgumentException("The image is larger than 8 MB; crop it to the QR code");
    }
    Optional<ImageType> type = ImageType.of(image);
    if (type.filter(ImageType::isReadable).isEmpty()) {
      throw new IllegalArgumentException(
          "The file is "
              + type.map(ImageType::description).orElse("no image")
              + "; only PNG and JPEG images are read");
    }
    LuminanceSource picture = picture(image, type.get());
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
          "No QR code was found in the image; crop it to the complete code", e);
    }
  }

  private static String text(LuminanceSource picture) throws ReaderException {
    try {
      return new QRCodeReader()
          .decode(new BinaryBitmap(new HybridBinarizer(picture)), HINTS)
          .getText();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The decoder throws these on malicious images.
      throw FormatException.getFormatInstance(e);
    }
  }

  private static LuminanceSource picture(byte[] image, ImageType type) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(type.imageIoName()).next();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
      // Ignore metadata: compressed text in it could expand to any size.
      reader.setInput(in, true, true);
      if ((long) reader.getWidth(0) * reader.getHeight(0) <= MAX_PIXELS) {
        return greys(reader.read(0));
      }
    } catch (IOException | RuntimeException e) {
      // ImageIO throws several kinds of exceptions for corrupt files.
      throw new IllegalArgumentException(
          "The file is "
              + type.description()
              + " that is corrupt or of a rare kind; save it as PNG",
          e);
    } finally {
      reader.dispose();
    }
    throw new IllegalArgumentException(
        "The image has more than 16 megapixels; crop it to the QR code");
  }

  /** Returns the image in the decoder's form, one byte per pixel. */
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

  /** Returns the brightness of a pixel on white, 0 to 255; green has double weight. */
  private static int onWhite(int argb) {
    int alpha = argb >>> 24;
    int grey = ((argb >> 16 & 0xff) + 2 * (argb >> 8 & 0xff) + (argb & 0xff)) / 4;
    return (grey * alpha + OPAQUE * (OPAQUE - alpha)) / OPAQUE;
  }
}
