package dev.nexo.pairing.http.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * Tells requests that a page of somebody else's made a browser send. A browser adds the login it
 * remembers to those, too, Basic ones included; a stranger who knows their own code could so have
 * an operator approve it by luring them to a page.
 */
final class CrossSiteRequests {

  private CrossSiteRequests() {}

  /**
   * Whether a foreign page sent this. Browsers say so in {@code Sec-Fetch-Site} (Fetch Metadata)
   * or, the older ones, by an {@code Origin} (RFC 6454) that is not this host; other programs send
   * neither.
   */
  static boolean sent(HttpServletRequest request) {
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
