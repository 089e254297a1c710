package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
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
   * Refuses a change that a page of another site sent.
   *
   * @throws ProblemException 403
   */
  static void refuse(HttpServletRequest request) {
    if (isChange(request) && sent(request)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Cross-site requests may not make changes, even with the operator's credentials.");
    }
  }

  /**
   * Refuses a change that a page of another site may have sent, with credentials that the browser
   * added. A page cannot add the header of the surface without the server's consent.
   *
   * @throws ProblemException 403
   */
  static void refuseUnlessNamed(HttpServletRequest request) {
    refuse(request);
    boolean bare = request.getHeader("Authorization") == null;
    if (bare && isChange(request) && request.getHeader(Caller.SURFACE_HEADER) == null) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Send the header "
              + Caller.SURFACE_HEADER
              + ": changes without an Authorization header require it.");
    }
  }

  private static boolean isChange(HttpServletRequest request) {
    return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
  }

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
