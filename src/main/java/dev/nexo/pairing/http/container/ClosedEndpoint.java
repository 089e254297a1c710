package dev.nexo.pairing.http.container;

import jakarta.security.auth.message.AuthStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import javax.security.auth.Subject;

/** Answers 404 to everybody, whatever password comes with the request. Thread-safe. */
final class ClosedEndpoint extends RequestGuard {

  @Override
  AuthStatus decide(
      HttpServletRequest request, HttpServletResponse response, boolean mandatory, Subject caller) {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    return AuthStatus.SEND_CONTINUE;
  }
}
