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
 * The outermost layer of everything that is neither {@code /api} nor {@code /pair}: what a browser
 * may do with the console's page. Nothing but the console's own files is loaded, no script comes
 * from a string (Trusted Types), nobody puts the page into a frame of theirs. Thread-safe.
 */
public final class ConsoleFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  /** Content Security Policy Level 3; {@code blob:} is the QR code, drawn here as a picture. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

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

  /** Whether a path is none of those that set headers of their own. */
  private static boolean isPage(String path) {
    return !path.equals("/api") && !path.startsWith("/api/") && !path.equals("/pair");
  }
}
