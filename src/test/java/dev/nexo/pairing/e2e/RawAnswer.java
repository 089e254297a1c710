package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer to a request over a raw connection.
 *
 * @param end how the exchange ended
 * @param status the status, or 0 if there is no answer
 * @param head the status line and the header lines
 * @param body the body, without chunk sizes
 * @param length the number of bytes of the whole answer
 */
record RawAnswer(End end, int status, List<String> head, byte[] body, int length) {

  /** How an exchange ended. */
  enum End {
    /** The answer is complete. */
    ANSWERED,
    /** The server closed the connection and sent nothing. */
    CLOSED,
    /** The server closed the connection inside an answer. */
    CUT,
    /** The answer was not complete in time. */
    TIMED_OUT,
    /** The answer is not HTTP. */
    UNREADABLE
  }

  /** Creates a result without a valid answer; the received bytes are its body. */
  static RawAnswer none(End end, byte[] received) {
    return new RawAnswer(end, 0, List.of(), received, received.length);
  }

  /** The value of the first header with a name, or an empty string. */
  String header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.stream()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).trim())
        .findFirst()
        .orElse("");
  }

  /** The media type without parameters, in lower case. */
  String mediaType() {
    return header("Content-Type").split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
  }

  /** The body as UTF-8. */
  String text() {
    return new String(body, UTF_8);
  }

  /**
   * Parses an answer, and skips interim answers before it.
   *
   * @param bytes the received bytes
   * @param headOnly whether the answer has no body because the method was HEAD
   * @param ended whether the connection has ended
   * @return empty if the answer is not complete yet
   */
  static Optional<RawAnswer> parse(byte[] bytes, boolean headOnly, boolean ended) {
    String all = new String(bytes, ISO_8859_1);
    int start = 0;
    while (true) {
      String found = all.substring(start, Math.min(all.length(), start + 5));
      if (!"HTTP/".startsWith(found)) {
        return Optional.of(none(End.UNREADABLE, bytes));
      }
      int end = all.indexOf("\r\n\r\n", start);
      if (end < 0) {
        return Optional.empty();
      }
      List<String> head = List.of(all.substring(start, end).split("\r\n"));
      if (!head.get(0).matches("HTTP/[0-9]\\.[0-9] [1-5][0-9][0-9]( .*)?")) {
        return Optional.of(none(End.UNREADABLE, bytes));
      }
      int status = Integer.parseInt(head.get(0).substring(9, 12));
      if (status >= 200 || status == 101) {
        RawAnswer answer = new RawAnswer(End.ANSWERED, status, head, new byte[0], end + 4);
        return answer.withBody(all, headOnly, ended);
      }
      start = end + 4;
    }
  }

  private Optional<RawAnswer> withBody(String all, boolean headOnly, boolean ended) {
    if (headOnly || status < 200 || status == 204 || status == 304) {
      return Optional.of(this);
    }
    if (isStream()) {
      return all.length() > length || ended
          ? Optional.of(with(all.substring(length).getBytes(ISO_8859_1), all.length()))
          : Optional.empty();
    }
    if (header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
      return chunked(all);
    }
    String announced = header("Content-Length");
    if (announced.matches("[0-9]{1,9}")) {
      int end = length + Integer.parseInt(announced);
      return all.length() < end
          ? Optional.empty()
          : Optional.of(with(all.substring(length, end).getBytes(ISO_8859_1), end));
    }
    return ended
        ? Optional.of(with(all.substring(length).getBytes(ISO_8859_1), all.length()))
        : Optional.empty();
  }

  private Optional<RawAnswer> chunked(String all) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int at = length;
    while (true) {
      int end = all.indexOf("\r\n", at);
      if (end < 0) {
        return Optional.empty();
      }
      String size = all.substring(at, end).split(";", 2)[0].trim();
      if (!size.matches("[0-9a-fA-F]{1,7}")) {
        return Optional.of(none(End.UNREADABLE, all.getBytes(ISO_8859_1)));
      }
      int next = end + 2 + Integer.parseInt(size, 16);
      if (all.length() < next + 2) {
        return Optional.empty();
      }
      if (next == end + 2) {
        return Optional.of(with(content.toByteArray(), next + 2));
      }
      content.writeBytes(all.substring(end + 2, next).getBytes(ISO_8859_1));
      at = next + 2;
    }
  }

  /** Whether this is an event stream, which does not end. */
  boolean isStream() {
    return status == 200 && mediaType().equals("text/event-stream");
  }

  /** Whether the server keeps the connection open. */
  boolean isKeptAlive() {
    return end == End.ANSWERED
        && !isStream()
        && head.get(0).startsWith("HTTP/1.1")
        && !header("Connection").equalsIgnoreCase("close");
  }

  private RawAnswer with(byte[] content, int taken) {
    return new RawAnswer(end, status, head, content, taken);
  }

  /** The whole head and the start of the body, for a report. */
  String summary() {
    if (end != End.ANSWERED) {
      return end + " after " + EscapedBytes.escape(body);
    }
    List<String> lines = new ArrayList<>(head);
    lines.add("");
    String text = text();
    lines.add(text.length() > 600 ? text.substring(0, 600) + "[…]" : text);
    return String.join("\n", lines);
  }
}
