package dev.nexo.pairing.e2e;

import java.io.ByteArrayOutputStream;

/**
 * Writes bytes as one line of printable ASCII that can be copied from a log: {@code \r}, {@code
 * \n}, {@code \\}, {@code \xff} for other bytes, and {@code \{1000:ab}} for {@code ab} repeated
 * 1000 times.
 */
final class EscapedBytes {

  private static final int LONGEST_PERIOD = 16;
  private static final int SHORTEST_RUN = 64;

  private EscapedBytes() {}

  /** Converts bytes to a line. */
  static String escape(byte[] bytes) {
    StringBuilder line = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int period = periodAt(bytes, at);
      if (period == 0) {
        escape(bytes[at], line);
        at++;
        continue;
      }
      int times = run(bytes, at, period) / period;
      line.append("\\{").append(times).append(':');
      for (int i = at; i < at + period; i++) {
        escape(bytes[i], line);
      }
      line.append('}');
      at += times * period;
    }
    return line.toString();
  }

  /** The shortest period of a run worth shortening, or 0. */
  private static int periodAt(byte[] bytes, int at) {
    for (int period = 1; period <= LONGEST_PERIOD; period++) {
      int run = run(bytes, at, period);
      if (run >= SHORTEST_RUN && run >= 4 * period) {
        return period;
      }
    }
    return 0;
  }

  private static int run(byte[] bytes, int at, int period) {
    int end = at + period;
    while (end < bytes.length && bytes[end] == bytes[end - period]) {
      end++;
    }
    return end > bytes.length ? 0 : end - at;
  }

  private static void escape(byte value, StringBuilder line) {
    switch (value) {
      case '\r' -> line.append("\\r");
      case '\n' -> line.append("\\n");
      case '\\' -> line.append("\\\\");
      case '}' -> line.append("\\x7d");
      default -> {
        if (value >= ' ' && value < 0x7f) {
          line.append((char) value);
        } else {
          line.append("\\x%02x".formatted(value & 0xff));
        }
      }
    }
  }

  /**
   * Converts a line of {@link #escape(byte[])} to bytes.
   *
   * @throws IllegalArgumentException if a backslash is followed by something else
   */
  static byte[] unescape(String line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < line.length()) {
      if (line.charAt(at) != '\\') {
        bytes.write(line.charAt(at));
        at++;
        continue;
      }
      char kind = line.charAt(at + 1);
      at += 2;
      switch (kind) {
        case 'r' -> bytes.write('\r');
        case 'n' -> bytes.write('\n');
        case '\\' -> bytes.write('\\');
        case 'x' -> {
          bytes.write(Integer.parseInt(line.substring(at, at + 2), 16));
          at += 2;
        }
        case '{' -> {
          int colon = line.indexOf(':', at);
          int end = line.indexOf('}', colon);
          byte[] unit = unescape(line.substring(colon + 1, end));
          for (int i = Integer.parseInt(line.substring(at, colon)); i > 0; i--) {
            bytes.writeBytes(unit);
          }
          at = end + 1;
        }
        default -> throw new IllegalArgumentException("Unknown escape: \\" + kind);
      }
    }
    return bytes.toByteArray();
  }
}
