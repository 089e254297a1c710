package dev.nexo.pairing.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.address.LocalAddress;
import dev.nexo.pairing.config.WebhookSettings;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.OutboundTls;
import dev.nexo.pairing.platform.WorkerThreads;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLException;

/**
 * Calls the webhook, with the headers of the specification of Standard Webhooks
 * (standardwebhooks.com). Follows no redirect and reads no body. Thread-safe.
 */
@Component
class WebhookClient {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int ANSWER_SECONDS = 10;
  private static final int GONE = 410;

  private final WebhookSettings settings;
  private final Clock clock;
  private final HttpClient client;

  @Inject
  WebhookClient(WebhookSettings settings, WorkerThreads workers, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .sslContext(OutboundTls.context())
            .executor(workers)
            .build();
  }

  /**
   * Posts a message, within 15 s.
   *
   * @param id the id of the message, the same at each attempt
   * @param body JSON
   * @return whether the receiver accepted it; false if it answered 410, which means that it wants
   *     no more calls
   * @throws DeliveryException if it answered neither; the message has no secret
   */
  boolean post(String id, String body) {
    URI url = settings.url().orElseThrow();
    requireLocalWithoutTls(url);
    int status = status(request(url, id, body));
    if (status == GONE) {
      return false;
    }
    if (status >= 300 && status < 400) {
      throw failed("The receiver answered " + status + "; redirects are not followed", null);
    }
    if (status < 200 || status >= 300) {
      throw failed("The receiver answered " + status, null);
    }
    return true;
  }

  private HttpRequest request(URI url, String id, String body) {
    long seconds = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(url)
        .timeout(Duration.ofSeconds(ANSWER_SECONDS))
        .header("Content-Type", "application/json")
        .header("User-Agent", "nexo-pairing")
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(seconds))
        .header("webhook-signature", "v1," + signature(id + "." + seconds + "." + body))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private String signature(String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(settings.key(), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  /** A notice without TLS may stay in the local network only, whatever a name resolves to. */
  private static void requireLocalWithoutTls(URI url) {
    if (url.getScheme().equalsIgnoreCase("https")) {
      return;
    }
    try {
      String host = url.getHost().replaceAll("[\\[\\]]", "");
      if (!Arrays.stream(InetAddress.getAllByName(host)).allMatch(LocalAddress::isLocal)) {
        throw failed("The host is not in a local network; use https", null);
      }
    } catch (UnknownHostException e) {
      throw failed("The host name cannot be resolved", e);
    }
  }

  private int status(HttpRequest request) {
    CompletableFuture<HttpResponse<InputStream>> sent =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> response =
          sent.get(CONNECT.toSeconds() + ANSWER_SECONDS, TimeUnit.SECONDS);
      // The status says it all, and the body may have no end.
      response.body().close();
      return response.statusCode();
    } catch (ExecutionException e) {
      throw failed(reason(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw failed(reason(e), e);
    } catch (IOException e) {
      throw failed(reason(e), e);
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw failed("The server stops", e);
    }
  }

  /** The exceptions' own messages may contain the URL, which may be secret. */
  private static String reason(Throwable cause) {
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return "The receiver cannot be reached";
    }
    if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
      return "The receiver did not answer within " + ANSWER_SECONDS + " s";
    }
    if (cause instanceof SSLException) {
      return "The TLS connection failed (" + cause.getClass().getSimpleName() + ")";
    }
    return "The call failed (" + cause.getClass().getSimpleName() + ")";
  }

  private static DeliveryException failed(String reason, Throwable cause) {
    return new DeliveryException(reason, cause);
  }
}
