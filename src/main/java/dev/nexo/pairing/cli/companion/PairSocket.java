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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Exchanges a bootstrap token for a session token over the WebSocket ({@code
 * protocol.md#handshake}). The server is not trusted: the exchange ends after {@value
 * #PATIENCE_SECONDS} s, redirects are not followed, and its messages are checked. Thread-safe.
 */
final class PairSocket {

  /** The timeout for connecting and exchanging together, in seconds. */
  static final int PATIENCE_SECONDS = 15;

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private static final int UPGRADE_REQUIRED = 426;

  /** The longest part of a server's message that is shown, in characters. */
  private static final int MAX_SHOWN = 200;

  /** Fits in a file of one line and in a header (RFC 6750, section 2.1). */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{16,512}");

  private final Duration patience;

  PairSocket() {
    this(Duration.ofSeconds(PATIENCE_SECONDS));
  }

  PairSocket(Duration patience) {
    this.patience = patience;
  }

  /**
   * Exchanges a bootstrap token.
   *
   * @throws RefusedException if the token is refused
   * @throws CommandException if there is no valid answer in time
   */
  SessionToken exchange(PairUrl url, BootstrapToken token) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
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
      // Not awaited: the answer shows whether it arrived, and a server that refuses may close
      // first.
      var unused = socket.sendText(frame, true);
      return read(answer.message.get(left(deadline), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw new CommandException(
          url.socket() + " did not answer within " + patience.toSeconds() + " s; try again", e);
    } catch (ExecutionException e) {
      throw failure(url, e.getCause());
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
    JsonObject answer = Json.read(frame).orElseThrow(PairSocket::notJson);
    String error = Json.text(answer, "error");
    if (error != null) {
      throw new RefusedException(
          "The server rejected this setup code: "
              + shown(error)
              + "; a code can be used once, ask the operator for a new one");
    }
    String token = Json.text(answer, "session_token");
    if (!isSessionToken(token)) {
      throw new CommandException("The server's answer contains no session token");
    }
    return new SessionToken(token);
  }

  /** Thrown if the server refused the token. */
  static final class RefusedException extends CommandException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  static CommandException notJson() {
    return new CommandException("The server's answer is not a JSON object");
  }

  /** Returns whether a string has the form of a session token; false for null. */
  static boolean isSessionToken(String text) {
    return text != null && TOKEN.matcher(text).matches();
  }

  private static CommandException failure(PairUrl url, Throwable wrapped) {
    Throwable e = wrapped instanceof CompletionException ? wrapped.getCause() : wrapped;
    if (e instanceof CommandException ours) {
      return ours;
    }
    if (e instanceof WebSocketHandshakeException refusal) {
      int status = refusal.getResponse().statusCode();
      return new CommandException(
          url.socket()
              + " answered with status "
              + status
              + " and opened no WebSocket; ask the operator to check "
              + (status == UPGRADE_REQUIRED
                  ? "whether the proxy passes the headers Upgrade and Connection on"
                  : "pairing.public_url"),
          e);
    }
    if (e instanceof HttpTimeoutException) {
      return new CommandException(url.socket() + " did not answer in time; try again", e);
    }
    String reason = e.getMessage() == null ? "no connection" : shown(e.getMessage());
    return new CommandException(
        url.socket() + " cannot be reached (" + reason + "); check the network of this device", e);
  }

  private static String shown(String text) {
    return TerminalText.of(TerminalText.of(text).strip(), MAX_SHOWN);
  }

  /** Receives one text message. The client calls it from one thread at a time. */
  private static final class TextMessage implements WebSocket.Listener {

    /** The longest message, in characters: the protocol's limit for a frame. */
    private static final int MAX = 64 * 1024;

    private final CompletableFuture<String> message = new CompletableFuture<>();
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      if (parts.length() + part.length() > MAX) {
        return refuse(socket, "The server sent more than 64 KiB; it is not a pairing server");
      }
      parts.append(part);
      if (last) {
        message.complete(parts.toString());
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      return refuse(socket, "The server sent a binary message; it is not a pairing server");
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      String words = reason == null || reason.isBlank() ? "" : ", " + shown(reason);
      return fail(
          "The server closed the connection without an answer (" + code + words + "); try again",
          null);
    }

    @Override
    public void onError(WebSocket socket, Throwable cause) {
      fail("The connection was lost before the server answered; try again", cause);
    }

    /** Fails and aborts, so that nothing more is read. */
    private CompletionStage<?> refuse(WebSocket socket, String line) {
      fail(line, null);
      socket.abort();
      return null;
    }

    private CompletionStage<?> fail(String line, Throwable cause) {
      message.completeExceptionally(new CommandException(line, cause));
      return null;
    }
  }
}
