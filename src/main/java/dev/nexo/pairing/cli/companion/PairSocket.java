package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SessionToken;
import jakarta.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Exchanges a bootstrap token for a session token over the WebSocket (contract, section 8). The
 * other side may be anybody: it has {@value #PATIENCE_SECONDS} s for everything, is followed
 * nowhere else, and what it sends is held to the contract. Thread-safe.
 */
final class PairSocket {

  /** How long connecting and exchanging may take together, in seconds. */
  static final int PATIENCE_SECONDS = 15;

  /** How much of what a server says goes into a line. */
  private static final int MAX_SHOWN = 200;

  /** What can be kept in a file of one line and sent in a header (RFC 6750, section 2.1). */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{16,512}");

  private final HttpClient http;
  private final Duration patience;

  PairSocket(HttpClient http) {
    this(http, Duration.ofSeconds(PATIENCE_SECONDS));
  }

  /** The same with another patience, for tests. */
  PairSocket(HttpClient http, Duration patience) {
    this.http = http;
    this.patience = patience;
  }

  /**
   * Exchanges a token.
   *
   * @throws CommandException where it is refused, nobody answers, or something else does
   */
  SessionToken exchange(PairUrl url, BootstrapToken token) {
    TextMessage answer = new TextMessage();
    long deadline = System.nanoTime() + patience.toNanos();
    WebSocket socket = null;
    try {
      socket =
          http.newWebSocketBuilder()
              .connectTimeout(patience)
              .buildAsync(url.socket(), answer)
              .get(left(deadline), TimeUnit.NANOSECONDS);
      String frame = Json.object().add("bootstrap_token", token.value()).build().toString();
      // Whether it arrives, the answer tells: one that refuses may have closed before it.
      var unused = socket.sendText(frame, true);
      return read(answer.get(left(deadline)));
    } catch (TimeoutException e) {
      throw new CommandException(
          url.socket() + " did not answer within " + patience.toSeconds() + " s; try again", e);
    } catch (ExecutionException e) {
      throw fault(url, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    } finally {
      if (socket != null) {
        socket.abort();
      }
    }
  }

  private static long left(long deadline) {
    return Math.max(1, deadline - System.nanoTime());
  }

  private static SessionToken read(String frame) {
    JsonObject answer =
        ForeignJson.read(frame.getBytes(StandardCharsets.UTF_8))
            .orElseThrow(
                () ->
                    new CommandException(
                        "The server answers with something that is no JSON object"));
    String error = Json.text(answer, "error");
    if (error != null) {
      throw new CommandException(
          "The server refuses this setup code: "
              + shown(error)
              + "; a code can be used once, let the operator issue another one");
    }
    String token = Json.text(answer, "session_token");
    if (!isSessionToken(token)) {
      throw new CommandException("The server answers without a session token");
    }
    return new SessionToken(token);
  }

  /** Whether a text can be a session token; null cannot. */
  static boolean isSessionToken(String text) {
    return text != null && TOKEN.matcher(text).matches();
  }

  private static CommandException fault(PairUrl url, Throwable wrapped) {
    Throwable e = wrapped instanceof CompletionException ? wrapped.getCause() : wrapped;
    if (e instanceof CommandException fault) {
      return fault;
    }
    if (e instanceof WebSocketHandshakeException refusal) {
      return new CommandException(
          url.socket()
              + " answers with status "
              + refusal.getResponse().statusCode()
              + " and opens no WebSocket; let the operator check pairing.public_url",
          e);
    }
    if (e instanceof HttpTimeoutException) {
      return new CommandException(url.socket() + " did not answer in time; try again", e);
    }
    String reason = e.getMessage() == null ? "no connection" : shown(e.getMessage());
    return new CommandException(
        url.socket() + " cannot be reached (" + reason + "); is this device in its network?", e);
  }

  private static String shown(String text) {
    String plain = TerminalText.of(text).strip();
    return plain.length() > MAX_SHOWN ? plain.substring(0, MAX_SHOWN) + "…" : plain;
  }

  /** What a close frame says, for people. */
  static CommandException closed(int code, String reason) {
    String words = reason == null || reason.isBlank() ? "" : ", " + shown(reason);
    return new CommandException(
        "The server closed the connection without an answer (" + code + words + "); try again");
  }
}
