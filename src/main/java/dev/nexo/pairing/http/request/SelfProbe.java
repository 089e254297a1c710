package dev.nexo.pairing.http.request;

import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Answers the requests that this server sends to itself to test how its container handles a body.
 * These requests contain a random secret that only this process knows. Thread-safe.
 */
@Component
public class SelfProbe {

  /** The header with the secret. */
  public static final String HEADER = "X-Pairing-Self-Probe";

  private static final int SECRET_BYTES = 32;

  /** The maximum number of bytes that are read of a body. */
  private static final int MAX_BODY = 1_024;

  private final String secret;

  @Inject
  SelfProbe(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Returns the value of the header. */
  public String secret() {
    return secret;
  }

  /**
   * If this server sent the request, responds with the body as the application receives it.
   *
   * @return whether this server sent the request; if not, the response is unchanged
   * @throws IOException if the connection breaks
   */
  public boolean answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String given = request.getHeader(HEADER);
    if (given == null || !isSecret(given)) {
      return false;
    }
    byte[] body = request.getInputStream().readNBytes(MAX_BODY);
    response.setContentType("application/octet-stream");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    return true;
  }

  private boolean isSecret(String given) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
  }
}
