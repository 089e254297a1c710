package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An HTTP request in parts that need not be valid. Each char of a string is one byte (ISO 8859-1),
 * so that any byte can be sent. Not thread-safe.
 */
final class RequestDraft {

  /** How the request declares the length of its body. */
  enum Framing {
    /** By {@code Content-Length}, or not at all if there is no body. */
    LENGTH,
    /** By {@code Transfer-Encoding: chunked}, and the body is written in chunks. */
    CHUNKED,
    /** Only by the header lines of the draft; the body is written unchanged. */
    AS_WRITTEN
  }

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int CHUNK = 100;

  private String method;
  private String path;
  private String version = "HTTP/1.1";
  private final List<String> query = new ArrayList<>();
  private final List<String> headers = new ArrayList<>();
  private JsonNode json;
  private byte[] body = new byte[0];
  private Framing framing = Framing.LENGTH;
  private String lineEnd = "\r\n";
  private int repetitions = 1;
  private int longest = Integer.MAX_VALUE;
  private int missing;
  private boolean keepAlive;
  private boolean endsInput;
  private boolean malformed;
  private boolean unframed;
  private String refusalReason;

  RequestDraft(String method, String path) {
    this.method = method;
    this.path = path;
  }

  String method() {
    return method;
  }

  void method(String changed) {
    method = changed;
  }

  /** The request target up to the question mark. */
  String path() {
    return path;
  }

  void path(String changed) {
    path = changed;
  }

  void version(String changed) {
    version = changed;
  }

  /** The parts of the query, which are joined by {@code &}. */
  List<String> query() {
    return query;
  }

  /** Complete header lines, without their line ends. */
  List<String> headers() {
    return headers;
  }

  /** The value of the first header with a name, or null. */
  String header(String name) {
    return headers.stream()
        .filter(line -> isNamed(line, name))
        .map(line -> line.substring(name.length() + 1).trim())
        .findFirst()
        .orElse(null);
  }

  /** Replaces all headers with a name by one header. */
  void header(String name, String value) {
    removeHeader(name);
    headers.add(name + ": " + value);
  }

  void removeHeader(String name) {
    headers.removeIf(line -> isNamed(line, name));
  }

  private static boolean isNamed(String line, String name) {
    return line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":");
  }

  /** The body's tree, or null if the body is not JSON or its bytes were set. */
  JsonNode json() {
    return json;
  }

  void json(JsonNode changed) {
    json = changed;
  }

  /** The body's bytes. */
  byte[] body() {
    if (json == null) {
      return body;
    }
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  void body(byte[] changed) {
    json = null;
    body = changed;
  }

  void framing(Framing changed) {
    framing = changed;
  }

  void lineEnd(String changed) {
    lineEnd = changed;
  }

  /** Sends the request several times in one piece. */
  void repeat(int times) {
    repetitions = times;
  }

  /** Sends only the first bytes of the request. */
  void keepOnly(int count) {
    longest = count;
  }

  /** Omits a number of bytes at the end. */
  void keepLess(int count) {
    missing = count;
  }

  /** Keeps the connection open for the next request. */
  void keepAlive() {
    keepAlive = true;
  }

  /** Whether the connection can carry another request afterwards. */
  boolean isKeptAlive() {
    return keepAlive && !unframed;
  }

  /** Closes the output after the request, so that the server does not wait for more. */
  void endInput() {
    endsInput = true;
    unframed();
  }

  boolean endsInput() {
    return endsInput;
  }

  /**
   * Marks a request that a server may reject before it reaches an application, with a closed
   * connection or a plain 400.
   */
  void malformed() {
    malformed = true;
  }

  boolean isMalformed() {
    return malformed;
  }

  /**
   * Marks a request whose end a server may interpret differently, so that the connection is not
   * reused.
   */
  void unframed() {
    malformed = true;
    unframed = true;
  }

  /** Marks an ambiguous request, which a server must reject. */
  void requireRefusal(String reason) {
    refusalReason = reason;
    unframed();
  }

  boolean isRefusalRequired() {
    return refusalReason != null;
  }

  /** Why the server must reject the request, or null. */
  String refusalReason() {
    return refusalReason;
  }

  /** The bytes of the request. */
  byte[] bytes() {
    byte[] content = body();
    StringBuilder head = new StringBuilder(method).append(' ').append(path);
    if (!query.isEmpty()) {
      head.append('?').append(String.join("&", query));
    }
    head.append(version.isEmpty() ? "" : " ").append(version).append(lineEnd);
    headers.forEach(line -> head.append(line).append(lineEnd));
    boolean announced = content.length > 0 || method.equals("POST");
    if (framing == Framing.CHUNKED) {
      head.append("Transfer-Encoding: chunked").append(lineEnd);
    } else if (framing == Framing.LENGTH && announced) {
      head.append("Content-Length: ").append(content.length).append(lineEnd);
    }
    if (!keepAlive) {
      head.append("Connection: close").append(lineEnd);
    }
    head.append(lineEnd);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < repetitions; i++) {
      all.writeBytes(head.toString().getBytes(ISO_8859_1));
      all.writeBytes(framing == Framing.CHUNKED ? chunks(content) : content);
    }
    byte[] whole = all.toByteArray();
    int kept = Math.min(longest, Math.max(1, whole.length - missing));
    return kept < whole.length ? Arrays.copyOf(whole, kept) : whole;
  }

  private static byte[] chunks(byte[] content) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int at = 0; at < content.length; at += Math.max(CHUNK, content.length / 4)) {
      int length = Math.min(Math.max(CHUNK, content.length / 4), content.length - at);
      all.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
      all.write(content, at, length);
      all.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    all.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    return all.toByteArray();
  }
}
