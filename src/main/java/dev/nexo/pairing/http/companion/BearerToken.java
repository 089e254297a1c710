package dev.nexo.pairing.http.companion;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/** The token in the header {@code Authorization} (RFC 6750, section 2.1). */
final class BearerToken {

  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /**
   * What stands behind the scheme, whose name knows no case (RFC 9110, section 11.1); empty where
   * there is no such header, or more than one. What is no token at all is passed on like one: who
   * judges tokens takes the same time for each, and a quicker answer here would tell them apart.
   */
  static String of(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders("Authorization"));
    boolean one =
        headers.size() == 1 && headers.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return one ? headers.get(0).substring(SCHEME.length()) : "";
  }
}
