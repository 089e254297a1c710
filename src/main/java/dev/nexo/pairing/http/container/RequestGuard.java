package dev.nexo.pairing.http.container;

import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import javax.security.auth.Subject;

/** Decides whether a request may reach one of the server's own web applications. Thread-safe. */
@FunctionalInterface
interface RequestGuard extends ServerAuthContext {

  /**
   * Decides on a request.
   *
   * @param mandatory whether the application requires a login for it
   * @param caller receives the principal of the caller
   * @return {@link AuthStatus#SUCCESS} if the request may continue; {@link
   *     AuthStatus#SEND_CONTINUE} if the response is complete
   */
  AuthStatus decide(
      HttpServletRequest request, HttpServletResponse response, boolean mandatory, Subject caller);

  @Override
  default AuthStatus validateRequest(MessageInfo info, Subject caller, Subject service) {
    return decide(
        (HttpServletRequest) info.getRequestMessage(),
        (HttpServletResponse) info.getResponseMessage(),
        Boolean.parseBoolean(
            String.valueOf(
                info.getMap().get("jakarta.security.auth.message.MessagePolicy.isMandatory"))),
        caller);
  }

  @Override
  default AuthStatus secureResponse(MessageInfo info, Subject service) {
    return AuthStatus.SEND_SUCCESS;
  }

  @Override
  default void cleanSubject(MessageInfo info, Subject subject) {
    subject.getPrincipals().clear();
  }
}
