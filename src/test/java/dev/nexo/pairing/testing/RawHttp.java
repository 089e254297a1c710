package dev.nexo.pairing.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends requests byte for byte to a server on this machine, including malformed ones. */
public final class RawHttp {

  private static final int TIMEOUT_MILLIS = 20_000;

  /** Adds a Content-Length header to a head. */
  private static final Pattern LENGTH =
      Pattern.compile("\\A(?:.+\r\n)*?Content-Length: (\\d+)\r\n(?:.+\r\n)*\r\n");

  private final int port;

  /** Creates a client of the server at a port of 127.0.0.1. */
  public RawHttp(int port) {
    this.port = port;
  }

  /**
   * An answer.
   *
   * @param text head and body, one character for each byte; empty if the server closed without one
   */
  public record Answer(String text) {

    /** The status, or 0 if there is no answer. */
    public int status() {
      return text.isEmpty() ? 0 : Integer.parseInt(text.split(" ", 3)[1]);
    }

    /** Whether the answer is a problem of this API (RFC 9457). */
    public boolean isProblem() {
      return text.contains("Content-Type: application/problem+json");
    }
  }

  /** Sends a whole request and reads the answer to its end. */
  public Answer send(String request) {
    return send(request, new byte[0]);
  }

  /** Sends a request's head and a body, and reads the answer to its end. */
  public Answer send(String head, byte[] body) {
    try (Socket socket = open(head)) {
      write(socket, body);
      return read(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends the beginning of a request, and leaves the connection open. */
  public Socket open(String beginning) {
    try {
      Socket socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      write(socket, beginning.getBytes(StandardCharsets.ISO_8859_1));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      // The server has answered and closed before the whole request was sent.
    }
  }

  /** Reads an answer to its end, or until the connection breaks or times out. */
  public static Answer read(Socket socket) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8_192];
      // The server keeps the connection open if it still expects bytes of the request.
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
        if (isWhole(bytes.toString(StandardCharsets.ISO_8859_1))) {
          break;
        }
      }
    } catch (SocketTimeoutException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      // A reset after the answer is ignored.
    }
    return new Answer(bytes.toString(StandardCharsets.ISO_8859_1));
  }

  private static boolean isWhole(String text) {
    Matcher head = LENGTH.matcher(text);
    return head.find() && text.length() >= head.end() + Integer.parseInt(head.group(1));
  }
}
