package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.internal.ConsoleLogin;
import dev.nexo.pairing.internal.ConsoleLogins;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Logins by the console's cookie ({@code http-api.md#console-sign-in}). Each is tied to the
 * operator's password it was opened with, and ends when another one counts; where accounts are the
 * server's, that cannot be known, and a login lasts its {@link ConsoleLogins#LIFETIME} whatever
 * becomes of the account. Thread-safe.
 */
@Component
final class ConsoleSessions {

  /** The cookie (RFC 6265). No script and no other site can use it; only {@code /api} gets it. */
  static final String COOKIE = "nexo_pairing_console";

  private static final String ATTRIBUTE = ConsoleSessions.class.getName();

  /** What a login is tied to where there is no password of ours; never the digest of one. */
  private static final String ACCOUNTS_OF_THE_SERVER = "accounts of the server";

  private final ConsoleLogins logins;
  private final OperatorPassword password;
  private final TrustedProxies proxies;
  private final SecureRandom random;

  @Inject
  ConsoleSessions(
      ConsoleLogins logins,
      OperatorPassword password,
      TrustedProxies proxies,
      SecureRandom random) {
    this.logins = logins;
    this.password = password;
    this.proxies = proxies;
    this.random = random;
  }

  /** A login that a request rides on. */
  private record Session(ConsoleToken token, ConsoleLogin login) {}

  /**
   * Signs somebody in.
   *
   * @return the header {@code Set-Cookie}
   */
  String open(HttpServletRequest request, Actor by) {
    ConsoleToken token = ConsoleToken.next(random);
    logins.open(token.sha256(), token.mac(tie()), by);
    return setCookie(request, token.value(), ConsoleLogins.LIFETIME.toSeconds());
  }

  /** Whether a request comes with the cookie, live or not. */
  boolean isCookied(HttpServletRequest request) {
    return !cookies(request).isEmpty();
  }

  /**
   * Who makes a request that rides on the cookie.
   *
   * @throws ProblemException 401, where the request lacks {@code X-Pairing-Surface: console} or the
   *     login is over; the latter has the browser forget the cookie
   */
  Accounts.Account account(HttpServletRequest request) {
    // No page of another site can send this header unless we let it, which we never do.
    if (!"console".equals(request.getHeader(Caller.SURFACE_HEADER))) {
      throw new ProblemException(
          ProblemType.LOGIN_REQUIRED,
          "A request with the console's cookie needs " + Caller.SURFACE_HEADER + ": console.");
    }
    Session session =
        find(cookies(request))
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                                ProblemType.LOGIN_REQUIRED,
                                "The login is over. Sign in again with POST /api/v1/login.")
                            .withHeader("Set-Cookie", setCookie(request, "", 0))));
    request.setAttribute(ATTRIBUTE, session);
    Caller.attachLogin(request, () -> find(List.of(session.token().value())).isPresent());
    return new Accounts.Account(session.login().name(), Role.OPERATOR);
  }

  private Optional<Session> find(List<String> cookies) {
    if (cookies.size() != 1) {
      return Optional.empty();
    }
    return ConsoleToken.parse(cookies.get(0))
        .flatMap(token -> logins.find(token.sha256()).map(login -> new Session(token, login)))
        .filter(session -> isTied(session));
  }

  private boolean isTied(Session session) {
    byte[] now = session.token().mac(tie()).getBytes(StandardCharsets.US_ASCII);
    byte[] then = session.login().passwordMac().getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(now, then);
  }

  private String tie() {
    return password.latestDigest().orElse(ACCOUNTS_OF_THE_SERVER);
  }

  /** The login that a request rides on; empty where it proved itself by other means. */
  static Optional<ConsoleLogin> login(HttpServletRequest request) {
    return session(request).map(Session::login);
  }

  private static Optional<Session> session(HttpServletRequest request) {
    return Optional.ofNullable((Session) request.getAttribute(ATTRIBUTE));
  }

  /**
   * Signs out whoever rides on the cookie.
   *
   * @return the header {@code Set-Cookie}; empty where the request does not ride on it
   */
  Optional<String> end(HttpServletRequest request, Actor by) {
    return session(request)
        .map(
            session -> {
              logins.end(session.token().sha256(), by);
              return setCookie(request, "", 0);
            });
  }

  /** Returns the values of the cookie: one, unless somebody has planted another. */
  private static List<String> cookies(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return Stream.of(cookies == null ? new Cookie[0] : cookies)
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .toList();
  }

  private String setCookie(HttpServletRequest request, String value, long maxAgeSeconds) {
    boolean tls =
        request.isSecure() || proxies.sayTls(request.getRemoteAddr(), request::getHeaders);
    return "%s=%s; Max-Age=%d; Path=/api; HttpOnly; SameSite=Strict%s"
        .formatted(COOKIE, value, maxAgeSeconds, tls ? "; Secure" : "");
  }
}
