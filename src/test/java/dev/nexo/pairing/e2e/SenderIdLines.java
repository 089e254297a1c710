package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;

/**
 * Streams WhatsApp senders as lines of NDJSON. Each line is generated when it is read, so that any
 * number of lines needs the memory of one. Not thread-safe.
 */
final class SenderIdLines extends InputStream {

  private static final long FIRST = 100_000_000;

  private final int count;
  private byte[] line = {};
  private int position;
  private int made;

  /** Creates a stream with a number of senders. */
  SenderIdLines(int count) {
    this.count = count;
  }

  /** The raw id of the sender with a number, from 0. */
  static String raw(int number) {
    return "49" + (FIRST + number) + "@c.us";
  }

  /** The canonical id of the sender with a number. */
  static String canonical(int number) {
    return "+49" + (FIRST + number);
  }

  @Override
  public int read() {
    return hasMore() ? line[position++] : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    int read = 0;
    while (read < length && hasMore()) {
      int piece = Math.min(length - read, line.length - position);
      System.arraycopy(line, position, to, offset + read, piece);
      position += piece;
      read += piece;
    }
    return read == 0 && length > 0 ? -1 : read;
  }

  private boolean hasMore() {
    if (position == line.length && made < count) {
      line = ("{\"sender_id\":\"" + raw(made) + "\"}\n").getBytes(US_ASCII);
      position = 0;
      made++;
    }
    return position < line.length;
  }
}
