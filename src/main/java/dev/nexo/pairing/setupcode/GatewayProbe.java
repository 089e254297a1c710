package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.Finding;
import dev.nexo.pairing.config.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Knocks at the server's own public URL. Only the configuration names it and no request does, so
 * that nobody can have this server knock elsewhere; redirections are not followed, and nothing of
 * the answer is told but its status. Thread-safe.
 */
@Component
class GatewayProbe {

  private static final String CHECK = "public_url_reachable";
  private static final String PAIR = "/pair";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int FIRST_SERVER_ERROR = 500;

  private final HttpClient client;

  @Inject
  GatewayProbe(ScheduledExecutorService background) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .executor(background)
            .build();
  }

  /**
   * Asks for the health report behind a URL; takes 3 s at most.
   *
   * @param url as it stands in setup codes
   */
  Finding examine(String url) {
    CompletableFuture<HttpResponse<Void>> asked =
        client.sendAsync(
            HttpRequest.newBuilder(health(url)).timeout(PATIENCE).build(),
            BodyHandlers.discarding());
    try {
      return answered(asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).statusCode());
    } catch (TimeoutException e) {
      return silent("no answer within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException e) {
      return silent(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return silent("broken off");
    } finally {
      asked.cancel(true);
    }
  }

  /** The health report that a reverse proxy shows beside {@code /pair}, if it shows any. */
  static URI health(String url) {
    URI gateway = URI.create(url);
    String path = gateway.getRawPath();
    String base = path.endsWith(PAIR) ? path.substring(0, path.length() - PAIR.length()) : path;
    String scheme = gateway.getScheme().equals("wss") ? "https" : "http";
    return URI.create(scheme + "://" + gateway.getRawAuthority() + base + "/health/started");
  }

  private static Finding answered(int status) {
    if (status >= FIRST_SERVER_ERROR) {
      return Finding.warning(
          CHECK,
          "The public URL answers with HTTP " + status + ": a proxy does not get through.",
          "See whether the proxy there passes on to this server's address and port.");
    }
    // A proxy may well show /pair alone.
    return Finding.ok(CHECK, "The public URL answers this server, with HTTP " + status + ".");
  }

  private static Finding silent(Throwable fault) {
    if (fault instanceof SSLException) {
      return Finding.warning(
          CHECK,
          "The public URL's certificate is not trusted from this server.",
          "Companions would not trust it either, unless they were told to: get one from a known"
              + " authority.");
    }
    return fault instanceof IOException
        ? silent(fault.getClass().getSimpleName())
        : silent("a fault of " + fault.getClass().getSimpleName());
  }

  private static Finding silent(String why) {
    return Finding.warning(
        CHECK,
        "The public URL cannot be reached from this server (" + why + ").",
        "See whether its name is known to DNS and the tunnel, proxy or port forwarding runs;"
            + " companions may reach it all the same where only this server cannot.");
  }
}
