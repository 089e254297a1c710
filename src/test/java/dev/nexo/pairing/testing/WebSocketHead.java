package dev.nexo.pairing.testing;

import java.io.ByteArrayOutputStream;

/** Encodes the header of a WebSocket frame (RFC 6455, section 5.2). */
final class WebSocketHead {

  private WebSocketHead() {}

  /**
   * Encodes a frame header.
   *
   * @param length the payload length, in the shortest encoding; a negative value uses 64 bits
   * @param mask four bytes, or empty for no mask
   */
  static byte[] of(boolean fin, int opcode, long length, byte[] mask) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write((fin ? 0x80 : 0) | opcode);
    int masked = mask.length > 0 ? 0x80 : 0;
    if (length >= 0 && length < 126) {
      head.write(masked | (int) length);
    } else if (length >= 0 && length <= 0xffff) {
      head.write(masked | 126);
      bigEndian(head, length, 2);
    } else {
      head.write(masked | 127);
      bigEndian(head, length, 8);
    }
    head.writeBytes(mask);
    return head.toByteArray();
  }

  private static void bigEndian(ByteArrayOutputStream head, long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      head.write((int) (value >> (8 * i)));
    }
  }
}
