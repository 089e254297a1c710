package dev.nexo.pairing.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zerodeplibs.webpush.EncryptedPushMessage;
import com.zerodeplibs.webpush.MessageEncryption;
import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.codec.Base64Url;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.OutboundTls;
import dev.nexo.pairing.platform.WorkerThreads;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends messages to push services (RFC 8030), encrypted for one browser (RFC 8291). Follows no
 * redirect and reads no body. Thread-safe.
 */
@Component
class PushClient {

  /** The maximum size of a message, in bytes; push services accept 4096 with the encryption. */
  static final int MAX_MESSAGE = 3_900;

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int ANSWER_SECONDS = 8;

  private final PushKey key;
  private final PushHosts hosts;
  private final HttpClient client;
  private final MessageEncryption encryption = MessageEncryptions.of();

  @Inject
  PushClient(PushKey key, PushHosts hosts, WorkerThreads workers) {
    this.key = key;
    this.hosts = hosts;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .sslContext(OutboundTls.context())
            .executor(workers)
            .build();
  }

  /**
   * Parses the endpoint of a browser.
   *
   * @throws InvalidValueException if it is not the URL of an allowed push service
   */
  URI endpoint(String text) {
    return hosts.endpoint(text);
  }

  /**
   * Checks the keys of a browser.
   *
   * @throws InvalidValueException if no message can be encrypted with them
   */
  static void requireKeys(String p256dh, String auth) {
    boolean valid =
        Base64Url.decode(p256dh, 65).filter(P256KeyPair::isPoint).isPresent()
            && Base64Url.decode(auth, 16).isPresent();
    if (!valid) {
      throw new InvalidValueException(
          "keys", "must be p256dh, a point of P-256, and auth, 16 bytes, both in base64url");
    }
  }

  private EncryptedPushMessage encrypt(String p256dh, String auth, String message) {
    return encryption.encrypt(
        UserAgentMessageEncryptionKeyInfo.of(p256dh, auth),
        PushMessage.of(message.getBytes(UTF_8)));
  }

  /**
   * Sends a message, within 13 s.
   *
   * @param message JSON of at most {@value #MAX_MESSAGE} bytes
   * @param lifetime how long the push service keeps it while the browser cannot be reached
   * @return whether the push service accepted it; false if the subscription has ended
   * @throws DeliveryException if it did neither; the message has no secret
   */
  boolean send(PushSubscription to, String message, Duration lifetime) {
    hosts.requireAllowed(to.endpoint());
    EncryptedPushMessage body = encrypt(to.p256dh(), to.auth(), message);
    HttpRequest request =
        HttpRequest.newBuilder(to.endpoint())
            .timeout(Duration.ofSeconds(ANSWER_SECONDS))
            .header("Authorization", key.authorization(to.endpoint(), to.contact()))
            .header("Content-Type", "application/octet-stream")
            .header("Content-Encoding", body.contentEncoding())
            .header("TTL", Long.toString(Math.max(0, lifetime.toSeconds())))
            .header("Urgency", "high")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toBytes()))
            .build();
    int status = status(request, to);
    if (status == 404 || status == 410) {
      return false;
    }
    if (status < 200 || status >= 300) {
      throw failed(to, "answered " + status, null);
    }
    return true;
  }

  private int status(HttpRequest request, PushSubscription to) {
    CompletableFuture<HttpResponse<InputStream>> sent =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> response =
          sent.get(CONNECT.toSeconds() + ANSWER_SECONDS, TimeUnit.SECONDS);
      // The status says it all, and the body may have no end.
      response.body().close();
      return response.statusCode();
    } catch (ExecutionException e) {
      // The exception's own message may contain the URL, which is secret.
      throw failed(
          to, "cannot be reached (" + e.getCause().getClass().getSimpleName() + ")", e.getCause());
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw failed(to, "did not answer within " + ANSWER_SECONDS + " s", e);
    } catch (IOException e) {
      throw failed(to, "ended the connection", e);
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw failed(to, "was not called, because the server stops", e);
    }
  }

  private static DeliveryException failed(PushSubscription to, String what, Throwable cause) {
    return new DeliveryException("The push service " + to.facts().service() + " " + what, cause);
  }
}
