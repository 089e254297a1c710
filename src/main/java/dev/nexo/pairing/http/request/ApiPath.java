package dev.nexo.pairing.http.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;

/**
 * The path of a request as the container sees it, which selects filters by it. Detects paths that
 * JAX-RS, which reads the raw URI, would interpret differently. Thread-safe.
 */
public final class ApiPath {

  private static final String COMPANION = "/api/v1/companion";
  private static final String LOGIN = "/api/v1/login";
  private static final String ACT = "/api/v1/notices/act";

  private ApiPath() {}

  /** Returns the decoded path below the context root, such as {@code /api/v1/pending}. */
  public static String of(HttpServletRequest request) {
    String info = request.getPathInfo();
    return info == null ? request.getServletPath() : request.getServletPath() + info;
  }

  /** Returns whether the request is for companions, whose resource checks the token. */
  public static boolean isCompanion(HttpServletRequest request) {
    String path = of(request);
    return path.equals(COMPANION) || path.startsWith(COMPANION + "/");
  }

  /** Returns whether the request is a sign-in, whose resource checks the password. */
  public static boolean isSigningIn(HttpServletRequest request) {
    return request.getMethod().equals("POST") && of(request).equals(LOGIN);
  }

  /** Returns whether the request is from a notification, whose resource checks the token. */
  public static boolean isNotification(HttpServletRequest request) {
    return request.getMethod().equals("POST") && of(request).equals(ACT);
  }

  /**
   * Returns whether JAX-RS could interpret the raw URI differently from the container: dot
   * segments, empty segments, matrix parameters, escaped separators, and a URL whose escapes are
   * not UTF-8: JAX-RS decodes the URL, of which the container has changed parts. This API has no
   * such path.
   */
  static boolean isAmbiguous(HttpServletRequest request) {
    String raw = request.getRequestURI().toLowerCase(Locale.ROOT);
    return raw.contains(";")
        || raw.contains("\\")
        || raw.contains("//")
        || raw.contains("/./")
        || raw.contains("/../")
        || raw.endsWith("/.")
        || raw.endsWith("/..")
        || raw.contains("%2f")
        || raw.contains("%5c")
        || raw.contains("%2e")
        || raw.contains("%3b")
        || raw.contains("%25")
        || raw.contains("%00")
        || !isUtf8(request.getRequestURL().toString());
  }

  private static boolean isUtf8(String url) {
    if (url.indexOf('%') < 0) {
      return true;
    }
    try {
      byte[] bytes = URLDecoder.decode(url, ISO_8859_1).getBytes(ISO_8859_1);
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return false;
    }
  }
}
