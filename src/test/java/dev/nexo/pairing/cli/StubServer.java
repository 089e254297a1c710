package dev.nexo.pairing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that gives prepared answers and records its requests. */
final class StubServer implements AutoCloseable {

  /** A request: {@code POST /pending/X/approve}, with its query, headers and body. */
  record Call(String line, Map<String, List<String>> headers, String body) {

    String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().get(0))
          .findFirst()
          .orElse(null);
    }
  }

  private record Reply(int status, Map<String, String> headers, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  StubServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/api/v1", this::answer);
    server.start();
  }

  /** Answers a path below /api/v1 like this; several answers come one after the other. */
  StubServer on(String path, int status, String body) {
    return on(path, status, Map.of(), body);
  }

  StubServer on(String path, int status, Map<String, String> headers, String body) {
    replies.computeIfAbsent(path, any -> new ArrayDeque<>()).add(new Reply(status, headers, body));
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Call> calls() {
    return calls;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath().substring("/api/v1".length());
    String query = exchange.getRequestURI().getRawQuery();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    calls.add(
        new Call(
            exchange.getRequestMethod() + " " + path + (query == null ? "" : "?" + query),
            Map.copyOf(exchange.getRequestHeaders()),
            body));
    Deque<Reply> waiting = replies.getOrDefault(path, new ArrayDeque<>());
    Reply reply =
        waiting.isEmpty()
            ? new Reply(
                404,
                Map.of(),
                "{\"type\":\"urn:nexo-pairing:problem:not-found\",\"title\":\"Not"
                    + " found\",\"status\":404}")
            : waiting.poll();
    if (reply.status() >= 400) {
      exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = reply.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
