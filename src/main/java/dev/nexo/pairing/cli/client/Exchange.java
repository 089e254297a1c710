package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.TerminalText;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP client of both command lines (RFC 9110). It uses {@link HttpURLConnection}, because a
 * command is short: the first request of java.net.http.HttpClient takes five times as much
 * processor time (330 ms, not 65). It sends no request twice, follows no redirect, and never uses a
 * proxy for this machine. For one thread.
 */
public final class Exchange {

  /** The largest response body, in bytes. */
  public static final int MAX_ANSWER = 10 * 1024 * 1024;

  private final Map<String, String> headers;
  private final Duration connect;
  private final Duration answer;

  /**
   * Creates an HTTP client.
   *
   * @param headers sent with every request
   * @param connect the longest wait for a connection
   * @param answer the longest wait for the next bytes of a response, and for its whole body
   */
  public Exchange(Map<String, String> headers, Duration connect, Duration answer) {
    this.headers = headers;
    this.connect = connect;
    this.answer = answer;
  }

  /**
   * An HTTP response.
   *
   * @param status the status, 100–599
   * @param body the body, perhaps empty; longer than {@value #MAX_ANSWER} bytes if it was cut
   */
  public record Answer(int status, HttpURLConnection headers, byte[] body) {

    /** Returns the server's time in whole seconds; empty if it is missing or malformed. */
    public Optional<Instant> date() {
      long time = headers.getDate();
      return time == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(time));
    }

    /** Returns how long to wait before the next request, such as {@code 17 s}, for people. */
    public String retryAfter() {
      String wait = header("Retry-After");
      // A proxy may send a date, or anything else.
      return wait != null && wait.matches("[0-9]{1,9}") ? wait + " s" : "a minute";
    }

    /** Returns a header of the response, or null. */
    public String header(String name) {
      return headers.getHeaderField(name);
    }
  }

  /**
   * Sends a request and reads the response.
   *
   * @param type the body's media type; ignored without a body
   * @param body the body; null for none
   * @throws SocketTimeoutException if the server does not answer in time
   * @throws IOException if there is no response; {@link #reason} formats the reason
   */
  public Answer send(String method, URI uri, String type, byte[] body) throws IOException {
    HttpURLConnection connection = open(uri);
    connection.setRequestMethod(method);
    if (body != null) {
      connection.setRequestProperty("Content-Type", type);
      connection.setDoOutput(true);
      // HttpURLConnection never resends a body of a known length.
      connection.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    int status = status(connection);
    InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
    return new Answer(status, connection, in == null ? new byte[0] : body(in));
  }

  /**
   * An open response whose body is still being received.
   *
   * @param answer the response; its body is empty unless the status is an error
   * @param in the body; null if the status is an error
   */
  record Stream(Answer answer, InputStream in) implements Closeable {

    @Override
    public void close() {
      // Closing the body would wait until the server ends it.
      answer.headers().disconnect();
    }
  }

  /**
   * Opens a stream of server-sent events.
   *
   * @param lastId the last event received, or null
   * @param silence the longest wait for the next bytes
   * @throws IOException as in {@link #send}
   */
  Stream stream(URI uri, String lastId, Duration silence) throws IOException {
    HttpURLConnection connection = open(uri);
    connection.setReadTimeout((int) silence.toMillis());
    connection.setRequestProperty("Accept", "text/event-stream, application/json;q=0.5");
    if (lastId != null) {
      connection.setRequestProperty("Last-Event-ID", lastId);
    }
    int status = status(connection);
    if (status >= 300) {
      InputStream in = status >= 400 ? connection.getErrorStream() : null;
      return new Stream(new Answer(status, connection, in == null ? new byte[0] : body(in)), null);
    }
    return new Stream(new Answer(status, connection, new byte[0]), connection.getInputStream());
  }

  private HttpURLConnection open(URI uri) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            (ServerUrl.isLoopback(uri)
                ? uri.toURL().openConnection(Proxy.NO_PROXY)
                : uri.toURL().openConnection());
    connection.setConnectTimeout((int) connect.toMillis());
    connection.setReadTimeout((int) answer.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/json");
    headers.forEach(connection::setRequestProperty);
    return connection;
  }

  private static int status(HttpURLConnection connection) throws IOException {
    try {
      int status = connection.getResponseCode();
      if (status < 0) {
        throw new IOException("not HTTP");
      }
      return status;
    } catch (HttpRetryException e) {
      // Thrown for status 401 after a body of a known length.
      return e.responseCode();
    }
  }

  private byte[] body(InputStream in) throws IOException {
    long deadline = System.nanoTime() + answer.toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    try (in) {
      for (int n = in.read(buffer); n >= 0 && body.size() <= MAX_ANSWER; n = in.read(buffer)) {
        body.write(buffer, 0, n);
        if (System.nanoTime() - deadline > 0) {
          throw new SocketTimeoutException();
        }
      }
    }
    return body.toByteArray();
  }

  /** Returns why there is no response, in a few words for people. */
  public static String reason(IOException e) {
    if (e instanceof UnknownHostException) {
      return "unknown host";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : TerminalText.of(e.getMessage());
  }
}
