package dev.nexo.pairing.http.container;

import static dev.nexo.pairing.http.request.CallerLimiter.Outcome.RIGHT;
import static dev.nexo.pairing.http.request.CallerLimiter.Outcome.WRONG;

import dev.nexo.pairing.http.request.CallerLimiter;
import dev.nexo.pairing.http.request.HeadSyntax;
import dev.nexo.pairing.http.request.RequestRateLimiter;
import dev.nexo.pairing.internal.AuthorizationHeader;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.problem.ProblemException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.PasswordValidationCallback;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;

/**
 * Limits how often one address may read {@code /metrics}, and its failed attempts if that endpoint
 * requires a login. Thread-safe.
 */
final class MetricsEndpoint implements RequestGuard {

  private static final Logger LOG = System.getLogger(MetricsEndpoint.class.getName());
  private static final int TOO_MANY_REQUESTS = 429;

  private final CallbackHandler handler;
  private final CallerLimiter limit;
  private final RequestRateLimiter rate;

  MetricsEndpoint(CallbackHandler handler, CallerLimiter limit, RequestRateLimiter rate) {
    this.handler = handler;
    this.limit = limit;
    this.rate = rate;
  }

  @Override
  public AuthStatus decide(
      HttpServletRequest request, HttpServletResponse response, boolean mandatory, Subject caller) {
    if (HeadSyntax.fault(request).isPresent()) {
      return refuse(response, HttpServletResponse.SC_BAD_REQUEST, "Connection", "close");
    }
    String authorization = request.getHeader("Authorization");
    if (AuthorizationHeader.isBasic(authorization)
        && AuthorizationHeader.basic(authorization).isEmpty()) {
      return refuseAtOnce(response);
    }
    if (!rate.allows("metrics/" + limit.address(request))) {
      return refuse(response, TOO_MANY_REQUESTS, "Retry-After", "1");
    }
    return mandatory ? login(request, response, caller) : AuthStatus.SUCCESS;
  }

  private AuthStatus login(
      HttpServletRequest request, HttpServletResponse response, Subject caller) {
    Optional<AuthorizationHeader.Basic> given =
        AuthorizationHeader.basic(request.getHeader("Authorization"));
    if (given.isPresent()) {
      try {
        LoginKey login =
            new LoginKey(
                limit.address(request), LoginKey.Kind.SERVER_ACCOUNT, given.get().name(), false);
        if (limit.attempt(
            login, () -> isRight(given.get(), caller), right -> right ? RIGHT : WRONG)) {
          return AuthStatus.SUCCESS;
        }
      } catch (ProblemException e) {
        String seconds = e.problem().headers().get("Retry-After");
        return refuse(response, TOO_MANY_REQUESTS, "Retry-After", seconds);
      }
    }
    return refuse(
        response,
        HttpServletResponse.SC_UNAUTHORIZED,
        "WWW-Authenticate",
        "Basic realm=\"metrics\", charset=\"UTF-8\"");
  }

  /** Checks a password with the server's registry; if it is valid, sets the caller's principal. */
  private boolean isRight(AuthorizationHeader.Basic given, Subject caller) {
    char[] password = given.password().toCharArray();
    PasswordValidationCallback validation =
        new PasswordValidationCallback(caller, given.name(), password);
    try {
      handler.handle(new Callback[] {validation});
      if (validation.getResult()) {
        handler.handle(new Callback[] {new CallerPrincipalCallback(caller, given.name())});
      }
      return validation.getResult();
    } catch (IOException | UnsupportedCallbackException | RuntimeException e) {
      LOG.log(Level.DEBUG, "The server''s registry did not judge a login: {0}", e.getClass());
      return false;
    } finally {
      validation.clearPassword();
    }
  }

  /** Commits the response, because Open Liberty answers 500 to credentials that are not Base64. */
  private static AuthStatus refuseAtOnce(HttpServletResponse response) {
    response.setContentLength(0);
    AuthStatus status = refuse(response, HttpServletResponse.SC_BAD_REQUEST, "Connection", "close");
    try {
      response.flushBuffer();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The caller has gone");
    }
    return status;
  }

  private static AuthStatus refuse(
      HttpServletResponse response, int status, String header, String value) {
    response.setStatus(status);
    response.setHeader(header, value);
    return AuthStatus.SEND_CONTINUE;
  }
}
