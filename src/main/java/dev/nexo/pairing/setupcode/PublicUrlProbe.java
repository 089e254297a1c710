package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.OutboundTls;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Sends a request to this server's own public URL and reports what answers there. The URL comes
 * from the configuration and never from a request, so that no caller can make this server connect
 * to another host. The probe follows no redirects and reports only the status of a response.
 * Thread-safe.
 */
@Component
class PublicUrlProbe {

  private static final String CHECK = "public_url_reachable";
  private static final String PAIR = "/pair";
  private static final String HTTPS = "https";
  private static final int HTTPS_PORT = 443;
  private static final int FIRST_SERVER_ERROR = 500;

  /** The limit for the TCP connection and the TLS handshake together. */
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** The limit for the whole request. */
  private static final Duration REQUEST = Duration.ofSeconds(3);

  /** The limit for the second TCP connection; it must fit between the two others. */
  private static final Duration RECONNECT = Duration.ofMillis(500);

  private final HttpClient client;

  @Inject
  PublicUrlProbe(ScheduledExecutorService background) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .sslContext(OutboundTls.context())
            .executor(background)
            .build();
  }

  /**
   * Requests the health report at a gateway URL. Takes at most 3 s.
   *
   * @param url the URL in the form that setup codes contain
   */
  Finding examine(String url) {
    URI health = health(url);
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding());
    try {
      return answered(response.get(REQUEST.toMillis(), TimeUnit.MILLISECONDS).statusCode());
    } catch (TimeoutException e) {
      return unreachable("no answer within " + REQUEST.toSeconds() + " s");
    } catch (ExecutionException e) {
      return failed(health, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unreachable("interrupted");
    } finally {
      response.cancel(true);
    }
  }

  /**
   * Returns the URL of the health report that a reverse proxy may publish next to {@code /pair}.
   */
  static URI health(String url) {
    URI gateway = URI.create(url);
    String path = gateway.getRawPath();
    String base = path.endsWith(PAIR) ? path.substring(0, path.length() - PAIR.length()) : path;
    String scheme = gateway.getScheme().equals("wss") ? HTTPS : "http";
    return URI.create(scheme + "://" + gateway.getRawAuthority() + base + "/health/started");
  }

  private static Finding answered(int status) {
    if (status >= FIRST_SERVER_ERROR) {
      return DoctorMessage.PUBLIC_URL_PROXY_ERROR.finding(CHECK, status);
    }
    // A proxy that publishes only /pair answers with 404.
    return Finding.ok(CHECK, "The public URL responds to this server with HTTP " + status + ".");
  }

  private static Finding failed(URI health, Throwable failure) {
    if (failure instanceof SSLException) {
      return handshakeFailed(failure);
    }
    if (failure instanceof HttpConnectTimeoutException) {
      // The client reports the same exception for a TCP connection and for a TLS handshake.
      return health.getScheme().equals(HTTPS) && acceptsConnections(health)
          ? handshakeTimedOut()
          : unreachable("no connection within " + CONNECT.toSeconds() + " s");
    }
    if (hasCause(failure, UnresolvedAddressException.class)) {
      return DoctorMessage.PUBLIC_URL_UNRESOLVED.finding(CHECK);
    }
    return unreachable(failure.getClass().getSimpleName());
  }

  private static Finding handshakeFailed(Throwable failure) {
    if (hasCause(failure, CertificateException.class)) {
      return DoctorMessage.PUBLIC_URL_UNTRUSTED.finding(CHECK);
    }
    if (isPlainText(failure)) {
      return DoctorMessage.PUBLIC_URL_WITHOUT_TLS.finding(CHECK);
    }
    return DoctorMessage.PUBLIC_URL_HANDSHAKE_FAILED.finding(
        CHECK, failure.getClass().getSimpleName());
  }

  private static Finding handshakeTimedOut() {
    return DoctorMessage.PUBLIC_URL_HANDSHAKE_TIMED_OUT.finding(CHECK, CONNECT.toSeconds());
  }

  private static Finding unreachable(String reason) {
    return DoctorMessage.PUBLIC_URL_UNREACHABLE.finding(CHECK, reason);
  }

  /**
   * Returns whether the server answered the TLS handshake with something other than TLS. The JDK
   * has no public exception type for this; Java 17 and Java 25 use the same message.
   */
  private static boolean isPlainText(Throwable failure) {
    return String.valueOf(failure.getMessage()).contains("Unrecognized SSL message");
  }

  /**
   * Returns whether a TCP connection succeeds. The host name is resolved from the JVM's cache,
   * because the client has just used it.
   */
  private static boolean acceptsConnections(URI uri) {
    int port = uri.getPort() < 0 ? HTTPS_PORT : uri.getPort();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), (int) RECONNECT.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(type::isInstance);
  }
}
