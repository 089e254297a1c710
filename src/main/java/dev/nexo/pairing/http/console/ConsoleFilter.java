package dev.nexo.pairing.http.console;

import dev.nexo.pairing.http.request.ApiPath;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Sets the security headers of every path except {@code /api} and {@code /pair}: the browser loads
 * the console's own files only, creates no script from a string (Trusted Types), and does not show
 * the page in a frame. Thread-safe.
 */
public final class ConsoleFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  /**
   * The Content Security Policy (Level 3). {@code blob:} is for the image of a QR code. The one
   * policy of Trusted Types returns the URLs of the service worker and of its scripts, and nothing
   * else.
   */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'none';"
          + " base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types service-worker";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          POLICY,
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(),"
              + " clipboard-write=(self)");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isPage(ApiPath.of(request))) {
      HEADERS.forEach(response::setHeader);
    }
    chain.doFilter(request, response);
  }

  /** Returns whether a path does not set these headers itself. */
  private static boolean isPage(String path) {
    return !path.equals("/api") && !path.startsWith("/api/") && !path.equals("/pair");
  }
}
