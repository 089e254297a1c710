package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.client.Exchange;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.ServerException;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.companion.SessionToken;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls {@code /api/v1/companion/session} with a session token as bearer. The server is not
 * trusted: a call ends after 30 s, and a response may have at most 64 KiB. Thread-safe.
 */
final class SessionCalls {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_ANSWER = 64 * 1024;

  private final URI session;
  private final Exchange exchange;

  SessionCalls(URI session, SessionToken token) {
    this.session = session;
    exchange =
        new Exchange(
            Map.of("Authorization", "Bearer " + token.value(), "User-Agent", "nexo-companion"),
            Duration.ofSeconds(10),
            TIMEOUT);
  }

  /**
   * Gets the session; empty if the token is no longer valid.
   *
   * @throws CommandException if the server fails, cannot be reached, or is not nexo-pairing
   */
  Optional<JsonObject> get() {
    return call("GET", session, null);
  }

  /** Rotates the token and returns the session with it; fails like {@link #get}. */
  Optional<JsonObject> rotate() {
    return call("POST", URI.create(session + "/rotate"), new byte[0]);
  }

  /** Ends the session and returns an empty object; fails like {@link #get}. */
  Optional<JsonObject> signOut() {
    return call("DELETE", session, null);
  }

  private Optional<JsonObject> call(String method, URI uri, byte[] body) {
    try {
      // On another thread, because a server that trickles its headers would never time out.
      return read(
          CompletableFuture.supplyAsync(() -> send(method, uri, body))
              .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException unchecked) {
        throw unreachable(Exchange.reason(unchecked.getCause()), e);
      }
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw unreachable("no answer within 30 s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
  }

  private Exchange.Answer send(String method, URI uri, byte[] body) {
    try {
      // The server requires this media type, even without a body.
      return exchange.send(method, uri, "application/json", body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<JsonObject> read(Exchange.Answer answer) {
    int status = answer.status();
    // Without this header, the 401 may come from a proxy with a login of its own.
    String challenge = answer.header("WWW-Authenticate");
    if (status == 401 && challenge != null && challenge.startsWith("Bearer")) {
      return Optional.empty();
    }
    if (status > 299 || answer.body().length > MAX_ANSWER) {
      throw new CommandException(
          "The server answered with status "
              + status
              + (ServerException.isLocked(answer) ? ", too many failed attempts" : "")
              + (status == 429 ? "; try again in " + answer.retryAfter() : "")
              + (status >= 500 ? "; see its log" : ""));
    }
    JsonObject json =
        status == 204
            ? Json.object().build()
            : Json.read(answer.body()).orElseThrow(PairSocket::notJson);
    return Optional.of(json);
  }

  private CommandException unreachable(String reason, Exception cause) {
    return new CommandException(
        session.getScheme()
            + "://"
            + session.getRawAuthority()
            + " cannot be reached ("
            + reason
            + "); check the network of this device",
        cause);
  }
}
