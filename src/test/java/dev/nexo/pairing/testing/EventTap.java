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
 * Listens to {@code GET /events} as the operator, and writes down what comes (WHATWG HTML, section
 * 9.2.6), until it is closed.
 */
public final class EventTap implements AutoCloseable {

  /**
   * An event.
   *
   * @param id where to go on after it
   * @param name which kind
   * @param data the object
   * @param at {@link System#nanoTime} when it came
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
   * Listens.
   *
   * @param root of the server's URLs
   * @param authorization the login, as a header has it
   * @param lastEventId after which event, or null from now on
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
      // The stream was closed, here or there.
    } finally {
      ended = true;
    }
  }

  private static JsonObject parse(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** The answer's status and headers. */
  public HttpResponse<?> response() {
    return response;
  }

  /** Where to go on; -1 until the server has said so. */
  public long lastId() {
    return lastId;
  }

  /** What has come so far. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** What has come of this kind. */
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
