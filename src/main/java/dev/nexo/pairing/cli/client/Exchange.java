package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/**
 * Requests and answers as bytes (RFC 9110). {@link HttpURLConnection}, because a command lives for
 * a moment: the first request of java.net.http.HttpClient takes five times as much of the processor
 * (330 ms, not 65). Nothing is sent twice, no redirect is followed, no answer is larger than
 * {@value #MAX_ANSWER} bytes. For one thread.
 */
public final class Exchange {

  /** The largest answer, in bytes. */
  public static final int MAX_ANSWER = 10 * 1024 * 1024;

  /** The path that every request is below. */
  private static final String ROOT = "/api/v1";

  private final Login login;
  private final Duration connect;
  private final Duration answer;

  /** Calls the server of that login; waits that long for a connection, and for an answer. */
  Exchange(Login login, Duration connect, Duration answer) {
    this.login = login;
    this.connect = connect;
    this.answer = answer;
  }

  /**
   * An answer.
   *
   * @param status the status, 200–599
   * @param date the header {@code Date}, or null
   * @param retryAfter the header {@code Retry-After}, or null
   * @param location the header {@code Location}, or null
   * @param body the body, perhaps empty
   */
  record Answer(int status, String date, String retryAfter, String location, byte[] body) {}

  /**
   * Sends a request and reads its answer.
   *
   * @param type the body's media type; null together with the body
   * @throws CommandException where there is no answer, or too large a one
   */
  Answer send(String method, String path, String type, byte[] body) {
    try {
      HttpURLConnection connection = open(path);
      connection.setRequestMethod(method);
      if (body != null) {
        connection.setRequestProperty("Content-Type", type);
        connection.setDoOutput(true);
        // Not only saves a copy: a body of a known length is never sent a second time.
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body);
        }
      }
      return answer(connection);
    } catch (IOException e) {
      throw new CommandException(unreachable(e), e);
    }
  }

  private HttpURLConnection open(String path) throws IOException {
    var url = URI.create(login.server() + ROOT + path).toURL();
    HttpURLConnection connection =
        (HttpURLConnection)
            (login.server().isLoopback()
                ? url.openConnection(Proxy.NO_PROXY)
                : url.openConnection());
    connection.setConnectTimeout((int) connect.toMillis());
    connection.setReadTimeout((int) answer.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/json");
    connection.setRequestProperty("User-Agent", "nexo-pair");
    connection.setRequestProperty("X-Pairing-Surface", "cli");
    if (login.authorization() != null) {
      connection.setRequestProperty("Authorization", login.authorization());
    }
    return connection;
  }

  private Answer answer(HttpURLConnection connection) throws IOException {
    int status = status(connection);
    InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
    return new Answer(
        status,
        connection.getHeaderField("Date"),
        connection.getHeaderField("Retry-After"),
        connection.getHeaderField("Location"),
        in == null ? new byte[0] : body(in));
  }

  private static int status(HttpURLConnection connection) throws IOException {
    try {
      int status = connection.getResponseCode();
      if (status < 0) {
        throw new IOException("not HTTP");
      }
      return status;
    } catch (HttpRetryException e) {
      // What it does for a 401 behind a body of a known length.
      return e.responseCode();
    }
  }

  /** Reads all of it, and no longer than a whole answer may take. */
  private byte[] body(InputStream in) throws IOException {
    long deadline = System.nanoTime() + answer.toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        body.write(buffer, 0, n);
        if (body.size() > MAX_ANSWER) {
          throw new CommandException(
              login.server() + " answers with more than 10 MB; check --server or NEXO_PAIR_SERVER");
        }
        if (System.nanoTime() - deadline > 0) {
          throw new SocketTimeoutException();
        }
      }
    }
    return body.toByteArray();
  }

  private String unreachable(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return login.server() + " does not answer in time; its log may say why";
    }
    return login.server()
        + " cannot be reached ("
        + reason(e)
        + "); start the server with mvn liberty:run, or say where it is with --server or"
        + " NEXO_PAIR_SERVER";
  }

  private static String reason(IOException e) {
    if (e instanceof java.net.UnknownHostException) {
      return "unknown host";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : TerminalText.of(e.getMessage());
  }
}
