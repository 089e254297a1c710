package dev.nexo.pairing.http.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends raw requests to this server, including invalid ones that an HTTP client would reject. Each
 * request has its own connection; each read times out after 2 s. Thread-safe.
 */
final class LocalHttp {

  private static final int TIMEOUT_MILLIS = 2_000;

  /** The maximum number of bytes that are read of a response. */
  private static final int MAX_ANSWER = 4_096;

  private final String host;
  private final int port;

  LocalHttp(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /**
   * Sends a request, and returns the status line, or an empty string if there is no response.
   *
   * @param request method and path
   * @param headers header lines, each with its line end
   */
  String statusLine(String request, String headers) throws IOException {
    return send(request, headers, new byte[0]).lines().findFirst().orElse("");
  }

  /** Sends a POST, and returns the beginning of the response. */
  String post(String path, String headers, byte[] body) throws IOException {
    return send("POST " + path, headers + "Content-Length: " + body.length + "\r\n", body);
  }

  private String send(String request, String headers, byte[] body) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      // A request for an upgrade has its own Connection header.
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
