package dev.nexo.pairing.e2e;

import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A companion that implements only the protocol ({@code protocol.md#handshake}) and uses no code of
 * this project: the JDK's WebSocket client and the standard JSON API.
 */
final class PlainCompanion implements WebSocket.Listener, AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private PlainCompanion(WebSocket.Builder builder, URI url) {
    socket = builder.connectTimeout(SOON).buildAsync(url, this).join();
  }

  /** Opens the WebSocket at a URL. */
  static PlainCompanion at(String url) {
    return new PlainCompanion(HttpClient.newHttpClient().newWebSocketBuilder(), URI.create(url));
  }

  /** Opens the WebSocket as a proxy does for an address; the token may be null. */
  static PlainCompanion from(String address, String url, String bearer) {
    WebSocket.Builder builder =
        HttpClient.newHttpClient().newWebSocketBuilder().header("X-Forwarded-For", address);
    return new PlainCompanion(
        bearer == null ? builder : builder.header("Authorization", "Bearer " + bearer),
        URI.create(url));
  }

  /** Opens the WebSocket with the token in the upgrade request. */
  static PlainCompanion withBearer(String url, String token) {
    return new PlainCompanion(
        HttpClient.newHttpClient().newWebSocketBuilder().header("Authorization", "Bearer " + token),
        URI.create(url));
  }

  /** Opens the WebSocket with a client that may trust other certificates. */
  static PlainCompanion at(HttpClient client, String url) {
    return new PlainCompanion(client.newWebSocketBuilder(), URI.create(url));
  }

  /** The JSON in the text of a QR code. */
  static JsonObject decode(String payload) {
    byte[] json = Base64.getUrlDecoder().decode(payload);
    return parse(new String(json, StandardCharsets.UTF_8));
  }

  PlainCompanion send(JsonObject frame) {
    socket.sendText(frame.toString(), true).join();
    return this;
  }

  /** Waits for the n-th received frame, counted from 0. */
  JsonObject frame(int n) {
    await("frame " + n).atMost(SOON).until(() -> frames.size() > n);
    return parse(frames.get(n));
  }

  List<String> frames() {
    return frames;
  }

  /** Waits for the server's close code. */
  int closeCode() {
    try {
      return closed.get(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("not closed; frames so far: " + frames.size(), e);
    }
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      frames.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static JsonObject parse(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
