package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.internal.ConsoleLogin;
import dev.nexo.pairing.internal.ConsoleLogins;
import dev.nexo.pairing.internal.SharedSecrets;
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
 * Manages the logins by the console's cookie ({@code http-api.md#console-sign-in}). A login is
 * bound to the operator's password with which it was opened, and ends when that password changes.
 * If the accounts are the server's, password changes are not known, and a login always lasts {@link
 * ConsoleLogins#LIFETIME}. Thread-safe.
 */
@Component
final class ConsoleSessions {

  /** The beginning of the cookie's name. Scripts and other sites cannot use the cookie. */
  static final String COOKIE = "nexo_pairing_console_";

  /**
   * Browsers accept a cookie of this name only over TLS and from this host itself (RFC 6265bis).
   */
  private static final String TLS_PREFIX = "__Host-";

  /** The name under which the servers of a database agree on the end of the cookie's name. */
  private static final String SHARED_NAME = "console_cookie";

  private static final int SUFFIX_LENGTH = 8;

  private static final String ATTRIBUTE = ConsoleSessions.class.getName();

  /** What a login is bound to if the accounts are the server's; not a digest of a password. */
  private static final String ACCOUNTS_OF_THE_SERVER = "accounts of the server";

  private final ConsoleLogins logins;
  private final OperatorPassword password;
  private final TrustedProxies proxies;
  private final SharedSecrets shared;
  private final SecureRandom random;

  /** The end of the cookie's name; null until it is read. */
  private volatile String suffix;

  @Inject
  ConsoleSessions(
      ConsoleLogins logins,
      OperatorPassword password,
      TrustedProxies proxies,
      SharedSecrets shared,
      SecureRandom random) {
    this.logins = logins;
    this.password = password;
    this.proxies = proxies;
    this.shared = shared;
    this.random = random;
  }

  /** A request's cookie and the login that it belongs to. */
  private record Session(ConsoleToken token, ConsoleLogin login) {}

  /**
   * Opens a login.
   *
   * @return the value of the header {@code Set-Cookie}
   */
  String open(HttpServletRequest request, Actor by) {
    ConsoleToken token = ConsoleToken.next(random);
    logins.open(token.sha256(), token.mac(tie()), by);
    return setCookie(request, token.value(), ConsoleLogins.LIFETIME.toSeconds());
  }

  /** Returns whether a request has the cookie, valid or not. */
  boolean isCookied(HttpServletRequest request) {
    return !cookies(request).isEmpty();
  }

  /**
   * Returns the account of a request with the cookie.
   *
   * @throws ProblemException 401 if the request lacks {@code X-Pairing-Surface: console}, or if the
   *     login has ended; the latter response deletes the cookie
   */
  Accounts.Account account(HttpServletRequest request) {
    // Pages of other sites cannot send this header, because this server allows no CORS.
    if (!"console".equals(request.getHeader(Caller.SURFACE_HEADER))) {
      throw new ProblemException(
          ProblemType.LOGIN_REQUIRED,
          "Send the header "
              + Caller.SURFACE_HEADER
              + ": console with the console's cookie, or an Authorization header.");
    }
    Session session =
        find(cookies(request))
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                                ProblemType.LOGIN_REQUIRED,
                                "The login has expired. Sign in again with POST /api/v1/login.")
                            .withHeader("Set-Cookie", setCookie(request, "", 0))));
    request.setAttribute(ATTRIBUTE, session);
    Caller.attachLogin(request, () -> find(List.of(session.token().value())).isPresent());
    return new Accounts.Account(session.login().name(), CallerRole.OPERATOR);
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

  /** Returns the login of a request with the cookie; empty if it authenticated otherwise. */
  static Optional<ConsoleLogin> login(HttpServletRequest request) {
    return session(request).map(Session::login);
  }

  private static Optional<Session> session(HttpServletRequest request) {
    return Optional.ofNullable((Session) request.getAttribute(ATTRIBUTE));
  }

  /**
   * Ends the login of a request with the cookie.
   *
   * @return the value of the header {@code Set-Cookie}; empty if the request has no such login
   */
  Optional<String> end(HttpServletRequest request, Actor by) {
    return session(request)
        .map(
            session -> {
              logins.end(session.token().sha256(), by);
              return setCookie(request, "", 0);
            });
  }

  /** Returns all values of the cookie: one, unless an attacker has set another. */
  private List<String> cookies(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return List.of();
    }
    String name = cookieName(request);
    return Stream.of(cookies)
        .filter(cookie -> cookie.getName().equals(name))
        .map(Cookie::getValue)
        .toList();
  }

  /**
   * Returns the cookie's name. Browsers ignore the port of a cookie, so that servers on one host
   * would replace each other's if the name did not depend on their database.
   */
  private String cookieName(HttpServletRequest request) {
    return (isTls(request) ? TLS_PREFIX : "") + COOKIE + suffix();
  }

  private String suffix() {
    if (suffix == null) {
      suffix = agreed().sha256().substring(0, SUFFIX_LENGTH);
    }
    return suffix;
  }

  private SharedSecrets.Shared agreed() {
    return shared
        .find(SHARED_NAME)
        .orElseGet(
            () -> {
              String id = ConsoleToken.next(random).sha256();
              return shared.agree(SHARED_NAME, new SharedSecrets.Shared(id, id, ""));
            });
  }

  private boolean isTls(HttpServletRequest request) {
    return request.isSecure() || proxies.sayTls(request.getRemoteAddr(), request::getHeaders);
  }

  private String setCookie(HttpServletRequest request, String value, long maxAgeSeconds) {
    // The prefix requires the path of the whole host.
    return "%s=%s; Max-Age=%d; Path=%s; HttpOnly; SameSite=Strict%s"
        .formatted(
            cookieName(request),
            value,
            maxAgeSeconds,
            isTls(request) ? "/" : "/api",
            isTls(request) ? "; Secure" : "");
  }
}
