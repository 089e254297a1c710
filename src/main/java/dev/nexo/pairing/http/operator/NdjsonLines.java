package dev.nexo.pairing.http.operator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines of bytes, ended by LF or CRLF, the last one by the stream's end. Holds
 * one line and one buffer, however long the stream is. For one thread.
 */
final class NdjsonLines {

  /** The longest line, in bytes, without what ends it. */
  static final int MAX_LINE = 64 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[16 * 1024];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private int position;
  private int filled;
  private long number;

  NdjsonLines(InputStream in) {
    this.in = in;
  }

  /**
   * The next line that is not blank, or null at the end.
   *
   * @throws LineTooLongException where it has more than {@value #MAX_LINE} bytes
   * @throws IOException where the stream broke; a line without its end is lost then
   */
  byte[] next() throws IOException {
    while (read()) {
      number++;
      byte[] bytes = line.toByteArray();
      int end =
          bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
      if (end > MAX_LINE) {
        throw new LineTooLongException();
      }
      if (!isBlank(bytes, end)) {
        return end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
      }
    }
    return null;
  }

  /** The number of the line that came last, from 1; blank lines count. */
  long number() {
    return number;
  }

  /** Gathers bytes up to the next LF; false where there are no more. */
  private boolean read() throws IOException {
    line.reset();
    boolean any = false;
    while (position < filled || fill()) {
      any = true;
      int start = position;
      while (position < filled && buffer[position] != '\n') {
        position++;
      }
      line.write(buffer, start, position - start);
      if (line.size() > MAX_LINE + 1) {
        number++;
        throw new LineTooLongException();
      }
      if (position < filled) {
        position++;
        return true;
      }
    }
    return any;
  }

  private boolean fill() throws IOException {
    position = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }

  private static boolean isBlank(byte[] bytes, int end) {
    for (int i = 0; i < end; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** A line is longer than it may be. */
  static final class LineTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
