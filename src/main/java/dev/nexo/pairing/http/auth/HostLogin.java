package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/**
 * Reads the operator of a request from the security of the application that embeds the module.
 * Thread-safe.
 */
public final class HostLogin {

  private HostLogin() {}

  /**
   * Attaches the {@link Caller} to a request.
   *
   * @param role the role that the caller must have
   * @throws ProblemException 401 or 403 if the application's security has not authenticated an
   *     operator, or if another site may have sent a change
   */
  public static void attach(HttpServletRequest request, String role) {
    Principal caller = request.getUserPrincipal();
    if (caller == null) {
      throw new ProblemException(
          ProblemType.LOGIN_REQUIRED,
          "Sign in to the application. Its web.xml must protect this path with a security"
              + " constraint.");
    }
    if (!request.isUserInRole(role)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "The caller does not have the role " + role + ".");
    }
    CrossSiteRequests.refuseUnlessNamed(request);
    new Caller(caller.getName(), CallerRole.OPERATOR, Caller.surface(request)).attachTo(request);
  }
}
