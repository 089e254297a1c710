package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.http.request.ApiPath;
import dev.nexo.pairing.http.request.CallerLimiter;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Authenticates every caller of {@code /api}, and admits channel accounts to {@code /inbound} only.
 * The header {@code Authorization} has priority over the console's cookie. {@code POST /login}
 * checks its password itself, {@code /companion} and {@code POST /notices/act} their tokens.
 * Thread-safe.
 *
 * <p>It is a filter and not a security constraint of the container, because the container does not
 * answer 401 and 403 with problem+json and does not limit failed attempts.
 */
public final class LoginFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  /** The one path that a channel account may call. */
  private static final String INBOUND = "/api/v1/inbound";

  private final transient Accounts accounts;
  private final transient ConsoleSessions sessions;
  private final transient CallerLimiter limit;

  @Inject
  public LoginFilter(Accounts accounts, ConsoleSessions sessions, CallerLimiter limit) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.limit = limit;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (ApiPath.isSigningIn(request) || ApiPath.isNotification(request)) {
      CrossSiteRequests.refuse(request);
    } else if (!ApiPath.isCompanion(request)) {
      admit(request, account(request, response));
    }
    chain.doFilter(request, response);
  }

  private Accounts.Account account(HttpServletRequest request, HttpServletResponse response) {
    String authorization = request.getHeader("Authorization");
    if (authorization == null && sessions.isCookied(request)) {
      return sessions.account(request);
    }
    Accounts.Login login =
        authorization == null
            ? accounts.login(request, response)
            : limit.attempt(
                accounts.key(limit.address(request), authorization),
                () -> accounts.login(request, response),
                Accounts.Login::outcome);
    return login.orRefuse(() -> loginRequired(request));
  }

  private void admit(HttpServletRequest request, Accounts.Account account) {
    boolean inbound = ApiPath.of(request).equals(INBOUND);
    if (account.role() == CallerRole.CHANNEL && !inbound) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "A channel account may call " + INBOUND + " only. Use an operator account.");
    }
    CrossSiteRequests.refuseUnlessNamed(request);
    new Caller(account.name(), account.role(), Caller.surface(request)).attachTo(request);
  }

  private static Problem loginRequired(HttpServletRequest request) {
    Problem problem =
        Problem.of(
            ProblemType.LOGIN_REQUIRED,
            "Send an Authorization header with a valid name and password. The log of every start"
                + " shows where the operator's password is.");
    // On a challenge, the browser would open its own dialog over the console's.
    boolean console = "console".equals(request.getHeader(Caller.SURFACE_HEADER));
    return console
        ? problem
        : problem.withHeader("WWW-Authenticate", "Basic realm=\"nexo-pairing\", charset=\"UTF-8\"");
  }
}
