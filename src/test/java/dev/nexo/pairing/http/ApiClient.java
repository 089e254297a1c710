package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.fake.FakeSettings;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls the server that Arquillian started, by default as the operator. */
public final class ApiClient {

  static final int PORT = Integer.getInteger("arquillian.http.port", 9080);

  static final BodyPublisher NOTHING = BodyPublishers.noBody();

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final Map<String, String> headers = new LinkedHashMap<>();

  public static ApiClient operator() {
    return as("operator", FakeSettings.PASSWORD);
  }

  public static ApiClient as(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return anonymous().header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  static ApiClient bearer(String token) {
    return anonymous().header("Authorization", "Bearer " + token);
  }

  public static ApiClient anonymous() {
    return new ApiClient();
  }

  public ApiClient header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public ApiClient from(String address) {
    return header("X-Forwarded-For", address);
  }

  public HttpResponse<String> get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  public HttpResponse<String> post(String path, String json) {
    headers.putIfAbsent("Content-Type", "application/json");
    return send("POST", path, BodyPublishers.ofString(json));
  }

  HttpResponse<String> send(String method, String path, BodyPublisher body) {
    URI uri = URI.create("http://127.0.0.1:" + PORT + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).method(method, body);
    headers.forEach(request::header);
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * An answer as it came over the wire.
   *
   * @param status the status
   * @param text headers and body
   */
  record Raw(int status, String text) {}

  /** Sends a path as it is, which a client that knows URIs would not. */
  Raw raw(String method, String path) {
    try (Socket socket = connect(method, path, "")) {
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Raw(Integer.parseInt(text.split(" ", 3)[1]), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Posts the beginning of a body and hangs up. */
  void breakOff(String path, String beginning) {
    try {
      connect("POST", path, beginning).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket connect(String method, String path, String body) throws IOException {
    Socket socket = new Socket("127.0.0.1", PORT);
    socket.setSoTimeout(20_000);
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    request.append("Host: 127.0.0.1\r\nConnection: close\r\n");
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    byte[] bytes = (request + "\r\n" + body).getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
    return socket;
  }

  static JsonObject json(HttpResponse<String> response) {
    try (var reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readObject();
    }
  }

  /** The type of a problem, without what they all begin with. */
  static String type(HttpResponse<String> response) {
    return json(response).getString("type").replace("urn:nexo-pairing:problem:", "");
  }

  /** It is a problem, and has the headers every answer has. */
  static void refused(String why, HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(why + ": " + response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .as(why)
        .hasValue("application/problem+json");
    assertThat(json(response).getInt("status")).as(why).isEqualTo(status);
    assertThat(json(response).getString("type")).as(why).startsWith("urn:nexo-pairing:");
    // Where there is a cookie, the container adds that this is not to be stored either.
    assertThat(response.headers().firstValue("Cache-Control").orElse(""))
        .as(why)
        .matches("no-store(, no-cache=set-cookie)?");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).as(why).hasValue("nosniff");
  }
}
