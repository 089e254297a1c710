package dev.nexo.pairing.qr;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a QR code as PNG (W3C PNG, second edition) in greyscale with one bit per pixel. ImageIO
 * would take longer than the encoding of the QR code and produce larger files. Thread-safe.
 */
final class PngDrawing {

  private static final int MIN_WIDTH = 400;

  /** The width of a module is a multiple of this, so that it is whole bytes, which deflate well. */
  private static final int PIXELS_A_BYTE = 8;

  /** The lowest deflate level with lazy matching; higher levels save nothing. */
  private static final int LEVEL = 4;

  private static final byte LIGHT = (byte) 0xff;
  static final byte[] SIGNATURE = {
    (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
  };
  private static final byte BIT_DEPTH = 1;
  private static final int HEADER_LENGTH = 13;
  private static final int CHUNK_OVERHEAD = 12;
  private static final int BUFFER = 4_096;

  private PngDrawing() {}

  static byte[] of(Modules modules) {
    int narrowest = modules.size() * PIXELS_A_BYTE;
    int bytesAModule = (MIN_WIDTH + narrowest - 1) / narrowest;
    byte[] pixels = deflated(pixels(modules, bytesAModule));
    int width = modules.size() * bytesAModule * PIXELS_A_BYTE;
    ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH);
    // The rest is 0: greyscale, the only compression and filter methods, no interlacing.
    header.putInt(width).putInt(width).put(BIT_DEPTH);
    ByteBuffer png =
        ByteBuffer.allocate(SIGNATURE.length + HEADER_LENGTH + pixels.length + 3 * CHUNK_OVERHEAD);
    png.put(SIGNATURE);
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", pixels);
    chunk(png, "IEND", new byte[0]);
    return png.array();
  }

  /** Returns the rows of pixels, each after a 0 (filter type none). */
  private static byte[] pixels(Modules modules, int bytesAModule) {
    int size = modules.size();
    int length = 1 + size * bytesAModule;
    int copies = bytesAModule * PIXELS_A_BYTE;
    byte[] pixels = new byte[length * size * copies];
    byte[] row = new byte[length];
    for (int y = 0; y < size; y++) {
      Arrays.fill(row, 1, length, LIGHT);
      for (int x = 0; x < size; x++) {
        if (modules.isDark(x, y)) {
          Arrays.fill(row, 1 + x * bytesAModule, 1 + (x + 1) * bytesAModule, (byte) 0);
        }
      }
      for (int copy = 0; copy < copies; copy++) {
        System.arraycopy(row, 0, pixels, (y * copies + copy) * length, length);
      }
    }
    return pixels;
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(LEVEL);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream deflated = new ByteArrayOutputStream(BUFFER);
      byte[] buffer = new byte[BUFFER];
      while (!deflater.finished()) {
        deflated.write(buffer, 0, deflater.deflate(buffer));
      }
      return deflated.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** Writes a chunk: length, type, data, and a checksum of the last two (section 5.3). */
  private static void chunk(ByteBuffer png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    png.putInt(data.length).put(name).put(data).putInt((int) checksum.getValue());
  }
}
