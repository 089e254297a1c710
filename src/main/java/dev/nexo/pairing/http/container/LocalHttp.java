package dev.nexo.pairing.http.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends requests to this server as they are, which an HTTP client that knows the rules would not.
 * Each has a connection of its own and takes 2 s at most between two bytes. Thread-safe.
 */
final class LocalHttp {

  private static final int TIMEOUT_MILLIS = 2_000;

  /** The most that is read of an answer, in bytes. */
  private static final int MAX_ANSWER = 4_096;

  private final String host;
  private final int port;

  LocalHttp(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /**
   * The status line of an answer, or the empty string if there is none.
   *
   * @param request method and path
   * @param headers header lines, each with its line end
   */
  String statusLine(String request, String headers) throws IOException {
    return send(request, headers, new byte[0]).lines().findFirst().orElse("");
  }

  /** The beginning of the answer to a POST. */
  String post(String path, String headers, byte[] body) throws IOException {
    return send("POST " + path, headers + "Content-Length: " + body.length + "\r\n", body);
  }

  private String send(String request, String headers, byte[] body) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      // An upgrade needs its own Connection header; the server is not kept waiting either way.
      String connection = headers.contains("Connection:") ? "" : "Connection: close\r\n";
      String head = request + " HTTP/1.1\r\nHost: localhost\r\n" + connection + headers + "\r\n";
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      bytes.writeBytes(body);
      socket.getOutputStream().write(bytes.toByteArray());
      return answer(socket.getInputStream(), connection.isEmpty());
    }
  }

  private static String answer(InputStream in, boolean firstBytesWillDo) throws IOException {
    byte[] bytes = new byte[MAX_ANSWER];
    int length =
        firstBytesWillDo ? Math.max(0, in.read(bytes)) : in.readNBytes(bytes, 0, MAX_ANSWER);
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
