package dev.nexo.pairing.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads one stream of server-sent events (WHATWG HTML, section 9.2). For one thread. */
final class EventConnection implements Closeable {

  /** The longest frame, in bytes. The server disconnects a client that is 1 MiB behind. */
  private static final int MAX_FRAME = 2 * 1024 * 1024;

  private static final int MAX_RETRY_DIGITS = 5;

  private final InputStream in;
  private final Closeable connection;
  private String id;
  private Duration retry;
  private boolean carriageReturn;

  /**
   * Creates a reader.
   *
   * @param connection the connection, which {@link #close} closes
   */
  EventConnection(InputStream in, Closeable connection) {
    this.in = new BufferedInputStream(in);
    this.connection = connection;
  }

  /** Returns the id of the last frame, after which a stream continues; null if there is none. */
  String id() {
    return id;
  }

  /** Returns the server's delay before the next connection; null if it has sent none. */
  Duration retry() {
    return retry;
  }

  /**
   * Waits for the next frame.
   *
   * @return the event; its name is null if the frame has no data; null if the stream has ended
   * @throws IOException if the connection is lost, silent for too long, or not a stream of events
   */
  ServerEvent next() throws IOException {
    String event = "message";
    StringBuilder data = new StringBuilder();
    int size = 0;
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        return data.isEmpty()
            ? new ServerEvent(id, null, JsonValue.EMPTY_JSON_OBJECT)
            : new ServerEvent(id, event, object(data.toString()));
      }
      size += line.length();
      if (size > MAX_FRAME) {
        throw new IOException("an event of more than 2 MiB");
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
      switch (field) {
        case "event" -> event = value;
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
        case "id" -> id = value;
        case "retry" -> retry = retry(value);
        default -> {
          // A comment, or a field of a later version.
        }
      }
    }
    return null;
  }

  private Duration retry(String value) {
    return value.matches("[0-9]{1," + MAX_RETRY_DIGITS + "}")
        ? Duration.ofMillis(Long.parseLong(value))
        : retry;
  }

  private static JsonObject object(String data) throws IOException {
    return Json.read(data).orElseThrow(() -> new IOException("an event that is not JSON"));
  }

  /** Reads a line; null at the end of the stream, also if the last line is incomplete. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      boolean secondOfPair = carriageReturn && b == '\n';
      carriageReturn = b == '\r';
      if (!secondOfPair) {
        if (b == '\n' || b == '\r') {
          return line.toString(UTF_8);
        }
        line.write(b);
        if (line.size() > MAX_FRAME) {
          throw new IOException("an event of more than 2 MiB");
        }
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
