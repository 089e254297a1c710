package dev.nexo.pairing.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An HTTP client of a server on this machine. Thread-safe. */
public final class ServerClient {

  /**
   * An answer.
   *
   * @param status the status
   * @param headers the headers, names in lower case
   * @param body the body
   */
  public record Answer(int status, Map<String, List<String>> headers, String body) {

    /** The body as JSON. */
    public JsonObject json() {
      return parse(body);
    }
  }

  private final HttpClient http;
  private final String root;
  private final String authorization;
  private final String address;
  private final String cookie;

  private ServerClient(int port, String authorization, String cookie) {
    this(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build(),
        "http://127.0.0.1:" + port,
        authorization,
        null,
        cookie);
  }

  private ServerClient(
      HttpClient http, String root, String authorization, String address, String cookie) {
    this.http = http;
    this.root = root;
    this.authorization = authorization;
    this.address = address;
    this.cookie = cookie;
  }

  /** Creates a client without credentials. */
  public static ServerClient anyone(int port) {
    return new ServerClient(port, null, null);
  }

  /** Creates a client with the operator's credentials. */
  public static ServerClient operator(int port, String password) {
    return account(port, "operator", password);
  }

  /** Creates a client with the name and password of an account. */
  public static ServerClient account(int port, String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(UTF_8);
    return new ServerClient(port, "Basic " + Base64.getEncoder().encodeToString(pair), null);
  }

  /** Creates a client with a bearer token. */
  public static ServerClient bearer(int port, String token) {
    return new ServerClient(port, "Bearer " + token, null);
  }

  /** Creates a client with a cookie ({@code name=value}), like the console. */
  public static ServerClient console(int port, String cookie) {
    return new ServerClient(port, null, cookie);
  }

  /** Creates a client with a forwarded address, for servers that trust this machine as a proxy. */
  public ServerClient from(String address) {
    return new ServerClient(http, root, authorization, address, cookie);
  }

  /** Creates a client of the calls below another path, such as {@code /mounted}. */
  public ServerClient below(String path) {
    return new ServerClient(http, root + path, authorization, address, cookie);
  }

  /** Opens the event stream for new events. */
  public EventTap listen() {
    return EventTap.open(root, authorization, null);
  }

  /** Opens the event stream after an event. */
  public EventTap listenAfter(long lastEventId) {
    return EventTap.open(root, authorization, lastEventId);
  }

  /** Sends DELETE to a path below {@code /api/v1}. */
  public Answer delete(String path) {
    return unchecked(request("/api/v1" + path).DELETE());
  }

  /** Sends POST without a body to a path below {@code /api/v1}. */
  public Answer post(String path) {
    return unchecked(request("/api/v1" + path).POST(BodyPublishers.noBody()));
  }

  /** Sends GET to a path. */
  public Answer get(String path) {
    return unchecked(request(path).GET());
  }

  /**
   * Sends GET to a path of a server that may stop during the request.
   *
   * @throws IOException if there is no answer
   */
  public Answer tryGet(String path) throws IOException {
    return send(request(path).GET());
  }

  /** Sends POST with a JSON body to a path below {@code /api/v1}. */
  public Answer post(String path, JsonObject body) {
    return unchecked(posting(path, body));
  }

  /** Sends POST with a body that JSON builders cannot write. */
  public Answer post(String path, String json) {
    return unchecked(
        request("/api/v1" + path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /**
   * Sends POST with a JSON body to a server that may stop during the request.
   *
   * @throws IOException if there is no answer
   */
  public Answer tryPost(String path, JsonObject body) throws IOException {
    return send(posting(path, body));
  }

  /** The JSON of an answer that must be a success. */
  public JsonObject posted(String path, JsonObject body) {
    Answer answer = post(path, body);
    if (answer.status() != 200) {
      throw new AssertionError(path + " " + body + ": " + answer);
    }
    return answer.json();
  }

  /** The status of a path; empty if the server does not answer. */
  public Optional<Integer> status(String path) {
    try {
      return Optional.of(send(request(path).GET()).status());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** This module's samples of {@code /metrics} by name and labels, without {@code mp_scope}. */
  public Map<String, Double> metrics() {
    Map<String, Double> samples = new TreeMap<>();
    get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("pairing_"))
        .forEach(
            line -> {
              int end = line.lastIndexOf(' ');
              String name =
                  line.substring(0, end)
                      .replaceFirst("mp_scope=\"\\w+\",?", "")
                      .replaceFirst(",?}$", "}")
                      .replace("{}", "");
              samples.put(name, Double.valueOf(line.substring(end + 1)));
            });
    return samples;
  }

  private HttpRequest.Builder posting(String path, JsonObject body) {
    return request("/api/v1" + path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(30));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (cookie != null) {
      request.header("Cookie", cookie).header("X-Pairing-Surface", "console");
    }
    return address == null ? request : request.header("X-Forwarded-For", address);
  }

  private Answer unchecked(HttpRequest.Builder request) {
    try {
      return send(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString(UTF_8));
      return new Answer(
          response.statusCode(), new TreeMap<>(response.headers().map()), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject parse(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
