package dev.nexo.pairing.http.operator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream of bytes into lines, which end with LF, CRLF or the end of the stream. Keeps only
 * one line and one buffer in memory. Not thread-safe.
 */
final class NdjsonLines {

  /** The maximum length of a line in bytes, without the line end. */
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
   * Returns the next line that is not blank, or null at the end.
   *
   * @throws LineTooLongException if the line has more than {@value #MAX_LINE} bytes
   * @throws IOException if the connection is interrupted; the incomplete line is discarded
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

  /** Returns the number of the last line read, from 1, including blank lines. */
  long number() {
    return number;
  }

  /** Reads the bytes up to the next LF; returns false at the end of the stream. */
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

  /** Thrown if a line is too long. */
  static final class LineTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
