package dev.nexo.pairing.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the stream that a NATS server sends to a client, and removes the headers of messages that
 * are not valid: a name has visible ASCII characters without a colon, a value has ASCII characters
 * without CR and LF (NATS ADR-4). The other headers, the bodies and the rest of the protocol stay
 * as they are, byte for byte. Not thread-safe.
 */
final class NatsHeaderFilter {

  /** Where bytes come from. Returns their number, at least 1 if {@code len} is, or -1. */
  @FunctionalInterface
  interface Source {
    /** Reads up to {@code len} bytes. */
    int read(byte[] dst, int off, int len) throws IOException;
  }

  private static final int BUFFER = 64 << 10;

  /** The longest line of the protocol: an INFO with the URLs of a large cluster. */
  private static final int MAX_LINE = 1 << 20;

  private static final Pattern MESSAGE =
      Pattern.compile("MSG (?:[^ ]+ ){2,3}(?<size>[0-9]{1,9})\r\n", Pattern.DOTALL);
  private static final Pattern HEADER_MESSAGE =
      Pattern.compile(
          "H(?<start>MSG (?<subject>[^ ]+) [^ ]+ (?:[^ ]+ )?)"
              + "(?<head>[0-9]{1,9}) (?<size>[0-9]{1,9})\r\n",
          Pattern.DOTALL);
  private static final int LINE_END = 2;

  private static final String VERSION = "NATS/1.0";
  private static final Pattern STATUS = Pattern.compile("NATS/1\\.0 +[0-9]{3}( +[ -~]*)?");
  private static final Pattern HEADER = Pattern.compile("[!-9;-~]+:[\\x00-\\x7f&&[^\r\n]]*");

  private final Source source;
  private final Consumer<String> removed;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /** Bytes for the reader that do not come from the buffer any more. */
  private byte[] ready = {};

  private int readyPosition;

  /** How many of the next bytes are a body. */
  private long body;

  /**
   * Creates a filter.
   *
   * @param removed receives the subject of each message that has lost a header
   */
  NatsHeaderFilter(Source source, Consumer<String> removed) {
    this.source = source;
    this.removed = removed;
  }

  /**
   * Reads at least one byte, and does not wait for more than that.
   *
   * @return the number of bytes, or -1 at the end of the stream
   * @throws IOException if the source fails or sends something that is not NATS's protocol
   */
  int read(byte[] dst, int off, int len) throws IOException {
    int count = 0;
    while (count < len) {
      if (readyPosition < ready.length) {
        count += take(dst, off + count, len - count);
      } else if (position < limit || count == 0) {
        if (position == limit && !fill()) {
          return -1;
        }
        if (body > 0) {
          count += takeBody(dst, off + count, len - count);
        } else {
          readLine();
        }
      } else {
        break;
      }
    }
    return count;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, source.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  private int take(byte[] dst, int off, int len) {
    int count = Math.min(len, ready.length - readyPosition);
    System.arraycopy(ready, readyPosition, dst, off, count);
    readyPosition += count;
    return count;
  }

  private int takeBody(byte[] dst, int off, int len) {
    int count = (int) Math.min(Math.min(len, limit - position), body);
    System.arraycopy(buffer, position, dst, off, count);
    position += count;
    body -= count;
    return count;
  }

  /** Reads what the buffer has of a line. */
  private void readLine() throws IOException {
    int end = position;
    while (end < limit && buffer[end] != '\n') {
      end++;
    }
    boolean complete = end < limit;
    end += complete ? 1 : 0;
    if (line.size() + end - position > MAX_LINE) {
      throw new IOException("NATS sent a line of more than " + MAX_LINE + " bytes");
    }
    line.write(buffer, position, end - position);
    position = end;
    if (complete) {
      byte[] bytes = line.toByteArray();
      line.reset();
      processLine(bytes);
    }
  }

  private void processLine(byte[] bytes) throws IOException {
    String text = new String(bytes, ISO_8859_1);
    if (text.startsWith("MSG ")) {
      Matcher message = matcher(MESSAGE, text);
      body = Long.parseLong(message.group("size")) + LINE_END;
      pass(bytes);
    } else if (text.startsWith("HMSG ")) {
      Matcher message = matcher(HEADER_MESSAGE, text);
      int headSize = Integer.parseInt(message.group("head"));
      int rest = Integer.parseInt(message.group("size")) - headSize;
      if (rest < 0) {
        throw new IOException("NATS sent a message whose headers are longer than the message");
      }
      byte[] head = readFully(headSize);
      String clean = clean(head, rest > 0);
      if (clean.length() < headSize) {
        removed.accept(message.group("subject"));
      }
      String start = message.group("start");
      String newLine =
          clean.isEmpty()
              ? start + rest + "\r\n"
              : "H" + start + clean.length() + " " + (clean.length() + rest) + "\r\n";
      body = (long) rest + LINE_END;
      pass((newLine + clean).getBytes(ISO_8859_1));
    } else {
      pass(bytes);
    }
  }

  private static Matcher matcher(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IOException("NATS sent a malformed message line");
    }
    return matcher;
  }

  private void pass(byte[] bytes) {
    ready = bytes;
    readyPosition = 0;
  }

  private byte[] readFully(int size) throws IOException {
    byte[] bytes = new byte[size];
    int count = 0;
    while (count < size) {
      if (position == limit && !fill()) {
        throw new IOException("Read channel closed.");
      }
      int more = Math.min(size - count, limit - position);
      System.arraycopy(buffer, position, bytes, count, more);
      position += more;
      count += more;
    }
    return bytes;
  }

  /**
   * Returns a block of headers without the invalid ones, or an empty string if none remain. A
   * status stays only on a message without a body, because the library discards the body of a
   * status message.
   */
  private static String clean(byte[] head, boolean hasBody) {
    String[] lines = new String(head, ISO_8859_1).split("\r\n", -1);
    boolean status = !hasBody && STATUS.matcher(lines[0]).matches();
    StringBuilder clean = new StringBuilder(status ? lines[0] : VERSION).append("\r\n");
    int start = clean.length();
    Arrays.stream(lines)
        .skip(1)
        .filter(header -> HEADER.matcher(header).matches())
        .forEach(header -> clean.append(header).append("\r\n"));
    return status || clean.length() > start ? clean.append("\r\n").toString() : "";
  }
}
