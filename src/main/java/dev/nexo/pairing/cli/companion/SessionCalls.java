package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import dev.nexo.pairing.companion.SessionToken;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code /companion/session} with a session token as bearer (HTTP contract). No redirect is
 * followed, so that a token stays where it belongs. Thread-safe.
 */
final class SessionCalls {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_ANSWER = 64 * 1024;

  private final HttpClient http;

  SessionCalls(HttpClient http) {
    this.http = http;
  }

  /**
   * {@code GET}: what the session is; empty where the token does not count (any more).
   *
   * @throws CommandException where the server fails, cannot be reached, or is none of ours
   */
  Optional<JsonObject> look(URI session, SessionToken token) {
    return call(HttpRequest.newBuilder(session).GET(), token);
  }

  /** {@code POST …/rotate}: the session with its new token; as {@link #look} otherwise. */
  Optional<JsonObject> rotate(URI session, SessionToken token) {
    return call(
        HttpRequest.newBuilder(URI.create(session + "/rotate")).POST(BodyPublishers.noBody()),
        token);
  }

  /** {@code DELETE}: an empty object; as {@link #look} otherwise. */
  Optional<JsonObject> signOut(URI session, SessionToken token) {
    return call(HttpRequest.newBuilder(session).DELETE(), token);
  }

  private Optional<JsonObject> call(HttpRequest.Builder builder, SessionToken token) {
    HttpRequest request =
        builder
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token.value())
            .header("Accept", "application/json")
            .build();
    try {
      return http.sendAsync(request, BodyHandlers.ofInputStream())
          .thenApplyAsync(SessionCalls::read)
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandException fault) {
        throw fault;
      }
      throw unreachable(request, String.valueOf(e.getCause().getMessage()), e);
    } catch (TimeoutException e) {
      throw unreachable(request, "no answer within 30 s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
  }

  private static Optional<JsonObject> read(HttpResponse<InputStream> response) {
    int status = response.statusCode();
    try (InputStream in = response.body()) {
      byte[] body = in.readNBytes(MAX_ANSWER + 1);
      if (status == 401 && isOurs(response)) {
        return Optional.empty();
      }
      if (status < 200 || status > 299 || body.length > MAX_ANSWER) {
        throw new CommandException(
            "The server answers with status "
                + status
                + (status == 429 ? ", too many failed attempts; try again in a minute" : "")
                + (status >= 500 ? "; its log says why" : ""));
      }
      return status == 204
          ? Optional.of(Json.object().build())
          : Optional.of(
              ForeignJson.read(body)
                  .orElseThrow(
                      () ->
                          new CommandException(
                              "The server answers with something that is no JSON object")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A proxy that asks for a login of its own knows nothing of the session. */
  private static boolean isOurs(HttpResponse<InputStream> response) {
    return response.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer");
  }

  private static CommandException unreachable(HttpRequest request, String reason, Exception cause) {
    URI uri = request.uri();
    return new CommandException(
        uri.getScheme()
            + "://"
            + uri.getRawAuthority()
            + " cannot be reached ("
            + TerminalText.of(reason)
            + "); is this device in its network?",
        cause);
  }
}
