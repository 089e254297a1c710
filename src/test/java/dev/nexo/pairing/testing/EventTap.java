package dev.nexo.pairing.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Reads {@code GET /events} as the operator and records the events (WHATWG HTML, section 9.2.6)
 * until it is closed.
 */
public final class EventTap implements AutoCloseable {

  /**
   * One event of the stream.
   *
   * @param id the position, used to resume after this event
   * @param name the kind of event
   * @param data the JSON object
   * @param at the {@link System#nanoTime} at which it was received
   */
  public record Event(long id, String name, JsonObject data, long at) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;
  private volatile long lastId = -1;
  private volatile boolean ended;

  private EventTap(HttpRequest request) {
    try {
      response =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    Thread reader = new Thread(this::read, "event-tap");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Opens the stream.
   *
   * @param root the root of the server's URLs
   * @param authorization the value of the {@code Authorization} header
   * @param lastEventId the event after which to resume, or null for new events only
   */
  static EventTap open(String root, String authorization, Long lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + "/api/v1/events"))
            .header("Accept", "text/event-stream")
            .header("Authorization", authorization);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId.toString());
    }
    return new EventTap(request.build());
  }

  private void read() {
    String name = "message";
    StringBuilder data = new StringBuilder();
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          lastId = Long.parseLong(line.substring(4));
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        } else if (line.isEmpty()) {
          if (data.length() > 0) {
            events.add(new Event(lastId, name, parse(data.toString()), System.nanoTime()));
          }
          name = "message";
          data.setLength(0);
        }
      }
    } catch (IOException e) {
      // The stream was closed by either side.
    } finally {
      ended = true;
    }
  }

  private static JsonObject parse(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** The response's status and headers. */
  public HttpResponse<?> response() {
    return response;
  }

  /** The position to resume from; -1 until the server has sent one. */
  public long lastId() {
    return lastId;
  }

  /** The events received so far. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** The received events of one kind. */
  public List<Event> events(String name) {
    return events.stream().filter(event -> event.name().equals(name)).toList();
  }

  /** Whether the server has ended the stream. */
  public boolean ended() {
    return ended;
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
