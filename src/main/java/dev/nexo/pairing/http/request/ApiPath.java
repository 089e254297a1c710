package dev.nexo.pairing.http.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * What a request's path is to the container, which picks filters by it, and whether JAX-RS, which
 * reads the raw URI, would see the same.
 */
public final class ApiPath {

  private static final String COMPANION = "/api/v1/companion";
  private static final String LOGIN = "/api/v1/login";

  private ApiPath() {}

  /** The decoded path below the context root, like {@code /api/v1/pending}. */
  public static String of(HttpServletRequest request) {
    String info = request.getPathInfo();
    return info == null ? request.getServletPath() : request.getServletPath() + info;
  }

  /** Whether a companion is calling, whose token is judged elsewhere. */
  public static boolean isCompanion(HttpServletRequest request) {
    String path = of(request);
    return path.equals(COMPANION) || path.startsWith(COMPANION + "/");
  }

  /** Whether somebody wants to sign in, whose password is judged elsewhere. */
  public static boolean isSigningIn(HttpServletRequest request) {
    return request.getMethod().equals("POST") && of(request).equals(LOGIN);
  }

  /**
   * Whether the raw URI could mean something else to JAX-RS than to the container: dot segments,
   * empty segments, matrix parameters, escaped separators. Such a path is no path of this API.
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
        || raw.contains("%00");
  }
}
