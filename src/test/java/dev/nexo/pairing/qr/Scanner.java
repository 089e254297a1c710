package dev.nexo.pairing.qr;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;

/** Reads QR codes as a phone does, with ZXing's own decoder: pixels in, text out. */
final class Scanner {

  private Scanner() {}

  /** The text on a picture, dark on light. */
  static String read(BufferedImage picture) throws ReaderException {
    return read(luminance(picture));
  }

  /** The text on a picture, light on dark. */
  static String readInverted(BufferedImage picture) throws ReaderException {
    return read(luminance(picture).invert());
  }

  private static LuminanceSource luminance(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    return new RGBLuminanceSource(
        width, height, picture.getRGB(0, 0, width, height, null, 0, width));
  }

  private static String read(LuminanceSource source) throws ReaderException {
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
  }
}
