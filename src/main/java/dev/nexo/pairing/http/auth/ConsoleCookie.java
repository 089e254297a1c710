package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.internal.ConsoleLogins;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cookie of the operator's page (RFC 6265). No script reads it, no foreign site has it sent,
 * and no path but the interface's gets it.
 */
final class ConsoleCookie {

  static final String NAME = "nexo_pairing_console";

  private static final String SCOPE = "; Path=/api; HttpOnly; SameSite=Strict";

  private ConsoleCookie() {}

  /** Its values in a request: one, unless somebody has planted another. */
  static List<String> of(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return Stream.of(cookies == null ? new Cookie[0] : cookies)
        .filter(cookie -> cookie.getName().equals(NAME))
        .map(Cookie::getValue)
        .toList();
  }

  /**
   * {@code Set-Cookie} for a token.
   *
   * @param secure whether it is for TLS alone
   */
  static String set(String token, boolean secure) {
    return header(token, ConsoleLogins.LIFETIME.toSeconds(), secure);
  }

  /** {@code Set-Cookie} that has the browser forget it. */
  static String clear(boolean secure) {
    return header("", 0, secure);
  }

  private static String header(String value, long maxAgeSeconds, boolean secure) {
    return NAME + "=" + value + "; Max-Age=" + maxAgeSeconds + SCOPE + (secure ? "; Secure" : "");
  }
}
