package dev.nexo.pairing.http.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * Detects requests that a page of another site made a browser send (CSRF). The browser adds the
 * credentials that it remembers, including Basic: a stranger could lure an operator to a page that
 * approves the stranger's own code. Thread-safe.
 */
public final class CrossSiteRequests {

  private CrossSiteRequests() {}

  /**
   * Returns whether a page of another site sent a request. Browsers send {@code Sec-Fetch-Site}
   * (Fetch Metadata); older ones send an {@code Origin} (RFC 6454) with another host. Other
   * programs send neither.
   */
  public static boolean sent(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    String origin = request.getHeader("Origin");
    return origin != null && !origin.toLowerCase(Locale.ROOT).endsWith("://" + host(request));
  }

  private static String host(HttpServletRequest request) {
    String host = request.getHeader("Host");
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }
}
