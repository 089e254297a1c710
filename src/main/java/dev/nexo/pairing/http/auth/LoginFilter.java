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
 * Lets nobody through to {@code /api} who has not proved who they are, and channel accounts to
 * {@code /inbound} alone. The header {@code Authorization} counts before the cookie of the
 * operator's page, and a password sent to {@code POST /login} is judged there. Companions prove
 * themselves behind it, by their tokens. A filter and no constraint of the container's, because the
 * container's 401 and 403 are no problem+json, and its login knows no limit on attempts.
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
    // Before any secret is checked: a locked address learns nothing, not even from the right one.
    limit.refuseWhileLocked(request);
    if (ApiPath.isSigningIn(request)) {
      refuseForeignChange(request);
    } else if (!ApiPath.isCompanion(request)) {
      admit(request, account(request, response));
    }
    chain.doFilter(request, response);
  }

  private Accounts.Account account(HttpServletRequest request, HttpServletResponse response) {
    boolean bare = request.getHeader("Authorization") == null;
    if (bare && sessions.isCookied(request)) {
      return sessions.account(request);
    }
    return limit
        .attempt(request, () -> accounts.login(request, response), Accounts.Login::isWrong)
        .orRefuse(() -> loginRequired(request));
  }

  private void admit(HttpServletRequest request, Accounts.Account account) {
    boolean inbound = ApiPath.of(request).equals(INBOUND);
    if (account.role() == Role.CHANNEL && !inbound) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "A channel account may call " + INBOUND + " only.");
    }
    refuseForeignChange(request);
    boolean bare = request.getHeader("Authorization") == null;
    if (bare && isChange(request) && request.getHeader(Caller.SURFACE_HEADER) == null) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "A change made without the header Authorization needs " + Caller.SURFACE_HEADER + ".");
    }
    new Caller(account.name(), account.role(), Caller.surface(request)).attachTo(request);
  }

  private static void refuseForeignChange(HttpServletRequest request) {
    if (isChange(request) && CrossSiteRequests.sent(request)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "A page of another site may not make changes here, also not with the operator's login.");
    }
  }

  private static boolean isChange(HttpServletRequest request) {
    return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
  }

  private static Problem loginRequired(HttpServletRequest request) {
    Problem problem =
        Problem.of(
            ProblemType.LOGIN_REQUIRED,
            "Send the header Authorization with a right name and password. The first start says"
                + " where the operator's password lies.");
    // A browser would answer the challenge with a box of its own over the console's.
    boolean console = "console".equals(request.getHeader(Caller.SURFACE_HEADER));
    return console
        ? problem
        : problem.withHeader("WWW-Authenticate", "Basic realm=\"nexo-pairing\", charset=\"UTF-8\"");
  }
}
