package dev.nexo.pairing.ws;

import dev.nexo.pairing.testing.RawWebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Comes to the server that Arquillian started, from any address, and moves the fakes inside. */
final class PairClient {

  static final int PORT = Integer.getInteger("arquillian.http.port", 9080);

  static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private PairClient() {}

  /** A WebSocket from an address, with nothing said yet. */
  static RawWebSocket from(String address) {
    return RawWebSocket.open(PORT, "/pair", "X-Forwarded-For: " + address);
  }

  /** A WebSocket from an address with a token on the upgrade. */
  static RawWebSocket bearer(String address, String query, String token) {
    return RawWebSocket.open(
        PORT, "/pair" + query, "X-Forwarded-For: " + address, "Authorization: Bearer " + token);
  }

  /** The first frame with a token. */
  static String first(String token) {
    return "{\"bootstrap_token\":\"" + token + "\"}";
  }

  /** Moves the fakes, or asks them. */
  static String control(String what, String on) {
    String query = "do=" + what + "&on=" + URLEncoder.encode(on, StandardCharsets.UTF_8);
    return send(HttpRequest.newBuilder(URI.create(http("/control?" + query))).GET()).body();
  }

  static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String http(String path) {
    return "http://127.0.0.1:" + PORT + path;
  }
}
